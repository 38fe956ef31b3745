import type { Uuid } from '@moothall/core';
import { forgetRoom } from '@moothall/platform';
import { type FollowedEvent, readLog, startFollower } from '@moothall/store';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMessage } from './messages.store.ts';
import { countMessages, roomOf, type TestRoom } from './test-support.ts';

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
let room: TestRoom;

beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
  room = await roomOf(kit, ada, ben);
});
afterAll(() => kit.close());

const post = (by: TestPerson, body: object) => by.api.post('/messages', { roomId: room.id, ...body });

describe('shared commits', () => {
  it('store all of many posts at once, each with its event', async () => {
    const replies = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        post(
          index % 2 === 0 ? ada : ben,
          index % 3 === 0 ? { markdown: `**${index}**` } : { text: `${index}` },
        ),
      ),
    );
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    expect(replies.map(({ body }) => body.text)).toEqual(replies.map((_, index) => `${index}`));
    const events = (await kit.events()).filter(({ resource }) => resource === 'messages');
    expect(events).toHaveLength(64);
    const transactions = await kit.world.store.pool.query(
      "select distinct tx from event where resource = 'messages'",
    );
    expect(transactions.rows.length).toBeLessThan(64);
  });

  it('fail only those who were removed behind the caches', async () => {
    const before = await countMessages(kit);
    // Removed without a word to this process, as if by another one whose notice was lost.
    await kit.world.store.pool.query('delete from membership where room_id = $1 and person_id = $2', [
      room.uuid,
      ben.id,
    ]);
    const replies = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        post(index % 4 === 0 ? ben : ada, { text: `second ${index}` }),
      ),
    );
    for (const [index, reply] of replies.entries()) {
      expect(reply.status).toBe(index % 4 === 0 ? 404 : 200);
      if (reply.status === 404) expect(reply.body.message).toBe('Could not find a room with provided ID.');
    }
    expect(await countMessages(kit)).toBe(before + 48);
  });

  it('fail all in a room that was archived, made read-only or deleted behind the caches', async () => {
    const place = await roomOf(kit, ada);
    const send = () => ada.api.post('/messages', { roomId: place.id, text: 'x' });
    expect((await send()).status).toBe(200);
    const change = (assignment: string) =>
      kit.world.store.pool.query(`update room set ${assignment} where id = '${place.uuid}'`);
    await change('archived_at = created');
    expect((await send()).status).toBe(403);
    await change('archived_at = null, is_read_only = true');
    expect((await send()).status).toBe(403);
    await change('is_read_only = false, is_announcement_only = true');
    expect((await send()).status).toBe(403);
    await change('is_announcement_only = false');
    forgetRoom(kit.world, place.uuid);
    expect((await send()).status).toBe(200);
    await change('deleted_at = created');
    expect((await send()).status).toBe(404);
  });

  it('wake the readers of the log', async () => {
    let woken = 0;
    const stop = kit.world.store.signals.subscribe('event', () => {
      woken += 1;
    });
    await post(ada, { text: 'wake' });
    stop();
    expect(woken).toBeGreaterThan(0);
  });

  it('hand what was stored to followers, as the log has it, with the rows', async () => {
    const { store } = kit.world;
    const seen: FollowedEvent[] = [];
    const spec = {
      resources: ['messages'],
      handle: (events: readonly FollowedEvent[]) => void seen.push(...events),
    };
    const follower = await startFollower(store, spec, (error) => expect.unreachable(String(error)));
    const after = follower.position();
    const sent = Array.from({ length: 40 }, (_, index) =>
      post(index % 4 === 0 ? ben : ada, { text: `h${index}` }),
    );
    const replies = await Promise.all(sent);
    await follower.caughtUp();
    let stored = 30;
    const given = () => seen.filter(({ content }) => content);
    // On a busy machine the follower may have read them all; a quiet one is handed what is posted.
    while (given().length === 0) {
      await post(ada, { text: `alone ${stored}` });
      await follower.caughtUp();
      stored += 1;
    }
    const log = await readLog(store, {
      after,
      upTo: follower.position(),
      resources: spec.resources,
      limit: 1000,
    });
    // Ben was removed behind the caches.
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(30);
    const place = ({ tx, seq }: FollowedEvent) => `${tx}.${seq}`;
    expect(new Set(seen.map(place))).toEqual(new Set(log.map(place)));
    expect(seen).toHaveLength(stored);
    for (const { content, ...event } of given()) {
      expect(event).toEqual(log.find((stored) => place(stored) === place(event)));
      expect(await findMessage(kit.world, event.dataId as Uuid)).toEqual(content);
    }
    await follower.stop();
  });
});
