import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLog } from './follow-log.ts';
import { decodePosition, encodePosition } from './follow-position.ts';
import type { FollowedEvent } from './followed-event.ts';
import { idsOf, settle, useFollowers } from './test-follower.ts';

const kit = useFollowers();

describe('positions', () => {
  it('go around as text', () => {
    const id = fc.bigInt(0n, 2n ** 40n);
    fc.assert(
      fc.property(
        id,
        fc.nat(),
        fc.uniqueArray(fc.bigInt(0n, 10_000n), { maxLength: 40 }),
        (tx, seq, beyond) => {
          const handed = beyond.sort((a, b) => Number(a - b)).map((distance) => `${tx + distance}`);
          const position = { tx: `${tx}`, seq, handed };
          expect(decodePosition(encodePosition(position))).toEqual(position);
        },
      ),
    );
    expect(encodePosition({ tx: '1000', seq: 0, handed: ['1040', '1003'] })).toBe('1000.0.3.11');
  });

  it('are refused when malformed', () => {
    const malformed = [
      '',
      '1',
      '1.',
      '.1',
      '1.2.',
      '1.2.-1',
      '01.2',
      '1.2.A',
      '1.2 ',
      'a.b',
      '1.2.zzzzzzzzzzz',
    ];
    malformed.push('18446744073709551616.1', '1.9999999999999999', `1.1${'.1'.repeat(513)}`);
    for (const text of malformed) expect(decodePosition(text), text).toBeUndefined();
  });

  it('tell exactly what was missed between them, also what was handed', async () => {
    const room = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
    const seen: FollowedEvent[] = [];
    const follower = await kit.follow(seen);
    await kit.emit('before', kit.resource, room(1));
    await settle(follower);
    const stalled = await kit.begin();
    await kit.postBatch([{ id: 'handed before', roomId: room(1) }]);
    const after = follower.position();
    await kit.postBatch([
      { id: 'one', roomId: room(1) },
      { id: 'elsewhere', roomId: room(2) },
    ]);
    const upTo = follower.position();
    await kit.emit('later', kit.resource, room(1));
    const read = (more: object) =>
      readLog(kit.store, { after, upTo, resources: [kit.resource], limit: 100, ...more }).then(idsOf);
    expect(await read({ roomIds: [room(1)] })).toEqual(['one']);
    expect(await read({})).toEqual(['one', 'elsewhere']);
    expect(await read({ limit: 1 })).toEqual(['one']);
    expect(await read({ resources: ['none'] })).toEqual([]);
    expect(await read({ roomIds: [] })).toEqual([]);
    await stalled.write('stalled');
    await kit.end(stalled);
    await follower.caughtUp();
    expect(await read({ upTo: follower.position() })).toEqual(['stalled', 'one', 'elsewhere', 'later']);
    expect(await read({ personId: 'somebody', upTo: follower.position() })).toEqual([]);
  });
});
