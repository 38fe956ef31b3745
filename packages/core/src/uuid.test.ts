import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createIds, parseUuid, uuidOfBytes } from './uuid.ts';

it('makes ids that sort by time, also within a millisecond', () => {
  let now = 1_700_000_000_000;
  const ids = createIds(() => now, randomBytes);
  const made = Array.from({ length: 1000 }, (_, index) => {
    if (index % 100 === 0) now += 1;
    return ids.uuid();
  });
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  expect(made.every((id) => id[14] === '7' && parseUuid(id) === id)).toBe(true);
});

it('keeps the order under a frozen clock, however many ids are made, and after a load of an earlier time', () => {
  let now = 1_700_000_000_000;
  const ids = createIds(() => now, randomBytes);
  const frozen = Array.from({ length: 20_000 }, () => ids.uuid());
  now += 1;
  frozen.push(ids.uuid());
  expect([...frozen].sort()).toEqual(frozen);
  now -= 1000;
  expect(ids.uuid() < frozen[0]!).toBe(true);
});

it('writes and reads the text form', () => {
  expect(uuidOfBytes(new Uint8Array(16))).toBe('00000000-0000-0000-0000-000000000000');
  expect(() => uuidOfBytes(new Uint8Array(15))).toThrow(RangeError);
  expect(parseUuid('7B0F3A52-0000-7000-8000-00000000AC3E')).toBe('7b0f3a52-0000-7000-8000-00000000ac3e');
  expect(parseUuid('7b0f3a52')).toBeUndefined();
});
