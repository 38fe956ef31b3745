import { decodePairId, decodeWireUuid, type PairKey, type Uuid, type WireType } from '@moothall/core';
import { z } from 'zod';

/** Text of the reply to an id that is none (as observed). */
export const EXPECT_ID = 'Expect base64 ID or UUID.';

/** Reads an id in wire form or as a bare UUID. The reply to another text is 400 `Expect base64 ID or UUID.` */
export function wireUuid(...types: WireType[]) {
  return z.string().transform((text, context): Uuid => {
    const id = decodeWireUuid(types, text);
    if (id !== undefined) return id;
    context.issues.push({ code: 'custom', message: EXPECT_ID, input: text });
    return z.NEVER;
  });
}

/** Reads the id of a membership (`{person}:{room}`). */
export function wirePair(...types: WireType[]) {
  return z.string().transform((text, context): PairKey => {
    const pair = decodePairId(types, text);
    if (pair !== undefined) return pair;
    context.issues.push({ code: 'custom', message: EXPECT_ID, input: text });
    return z.NEVER;
  });
}

/** A wire id in a reply: unpadded base64url. */
export const idText = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** A time in a reply: milliseconds and `Z`, always (the Python SDK fails on any other form). */
export const timeText = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** Reads an ISO 8601 time with an offset or `Z`, or a plain date. Years 1 to 9999. */
export const timestamp = z.string().transform((text, context): Date => {
  const looksRight = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i.test(
    text.trim(),
  );
  const time = new Date(looksRight ? withZone(text.trim()) : Number.NaN);
  const year = time.getUTCFullYear();
  if (year >= 1 && year <= 9999) return time;
  context.issues.push({
    code: 'custom',
    message: 'expected a time such as 2026-03-01T09:00:00.000Z',
    input: text,
  });
  return z.NEVER;
});

function withZone(text: string): string {
  const iso = text.replace(' ', 'T');
  if (!iso.includes('T') || /(Z|[+-]\d\d:?\d\d)$/i.test(iso)) return iso;
  return `${iso}Z`;
}

/** Reads a boolean of a query or form: `true` and `false` in any case; JSON booleans pass. */
export const flag = z.union([z.boolean(), z.string()]).transform((value, context): boolean => {
  if (typeof value === 'boolean') return value;
  const lower = value.trim().toLowerCase();
  if (lower === 'true' || lower === 'false') return lower === 'true';
  context.issues.push({ code: 'custom', message: 'expected true or false', input: value });
  return z.NEVER;
});

/** Reads a page size: whole or float, clamped to `max`; zero, negative or no number is refused. */
export function pageSize(defaultSize: number, max: number) {
  return z
    .union([z.string(), z.number()])
    .transform((value, context): number => {
      const size = Math.floor(typeof value === 'number' ? value : Number(value.trim() || Number.NaN));
      if (size >= 1) return Math.min(size, max);
      context.issues.push({ code: 'custom', message: 'expected a whole number of at least 1', input: value });
      return z.NEVER;
    })
    .default(defaultSize);
}

/** Reads a list of a query: repeated, or comma separated, or both. */
export const textList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    (Array.isArray(value) ? value : [value]).flatMap((part) => part.split(',')).filter(Boolean),
  );

/** The body of every list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), notFoundIds: z.array(z.string()).optional() });
}

/** An e-mail address as it is typed, composed (NFC); compared without regard to case. */
export const emailText = z
  .string()
  .trim()
  .normalize('NFC')
  .max(254)
  .regex(/^[^\s@<>]+@[^\s@<>]+$/, 'expected an e-mail address');
