import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUuid, type Uuid } from './uuid.ts';
import { decodePairId, decodeWireUuid, encodePairId, encodeWireId } from './wire-id.ts';

const uuid = fc.uuid().map((text) => text as Uuid);

describe('wire ids', () => {
  it('have the form that the official SDK builds by itself', () => {
    const id = encodeWireId('PEOPLE', 'f5b36187-c8dd-4727-8b2f-f9c447f29046');
    expect(id).toBe('Y2lzY29zcGFyazovL3VzL1BFT1BMRS9mNWIzNjE4Ny1jOGRkLTQ3MjctOGIyZi1mOWM0NDdmMjkwNDY');
  });

  it('are read padded, in either alphabet, of any cluster, or as bare UUIDs', () => {
    fc.assert(
      fc.property(uuid, (id) => {
        const wire = encodeWireId('ROOM', id);
        const padded = wire
          .padEnd(Math.ceil(wire.length / 4) * 4, '=')
          .replaceAll('-', '+')
          .replaceAll('_', '/');
        const urn = btoa(`ciscospark://urn:TEAM:us-east-2_a/ROOM/${id}`);
        return [wire, padded, urn, id, id.toUpperCase()].every(
          (text) => decodeWireUuid(['ROOM'], text) === id,
        );
      }),
    );
  });

  it('of another type, or of none, are refused', () => {
    fc.assert(fc.property(uuid, (id) => decodeWireUuid(['ROOM'], encodeWireId('TEAM', id)) === undefined));
    fc.assert(
      fc.property(
        fc.string(),
        (text) => parseUuid(text) !== undefined || decodeWireUuid(['ROOM'], text) === undefined,
      ),
    );
  });

  it('of memberships join the person and the room', () => {
    fc.assert(
      fc.property(uuid, uuid, (first, second) => {
        const pair = decodePairId(['MEMBERSHIP'], encodePairId('MEMBERSHIP', { first, second }));
        return pair?.first === first && pair.second === second;
      }),
    );
    expect(decodePairId(['MEMBERSHIP'], 'a:b')).toBeUndefined();
  });
});
