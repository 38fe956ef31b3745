import { ApiError, generalErrors } from '@moothall/core';
import { Page } from '@moothall/http';

/** Where a keyset page ended: the sort key and the id of its last item. */
export type Cursor = { key: string; id: string };

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ID = new RegExp(`^${UUID}(:${UUID})?$`);
const YEARS_1_TO_9999 = /^(?!0000)\d{4}-/;

function notOurs(): ApiError {
  const reason = 'cursor: it is not one of ours; start again without it';
  return new ApiError(generalErrors['request.invalid'], { parameters: { reason } });
}

/** Only a time that reads as itself is one: 31 February would not. */
function isTime(key: string): boolean {
  const time = new Date(YEARS_1_TO_9999.test(key) ? key : Number.NaN);
  return !Number.isNaN(time.getTime()) && time.toISOString() === key;
}

/** The opaque text of a cursor. */
export function encodeCursor({ key, id }: Cursor): string {
  return Buffer.from(`${key}|${id}`).toString('base64url');
}

/** Reads a cursor. @throws ApiError 400 for a text that is none */
export function decodeCursor(text: string): Cursor {
  const [key, id, ...rest] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  if (
    key !== undefined &&
    id !== undefined &&
    rest.length === 0 &&
    ID.test(id) &&
    /^[\x20-\x7e]{0,64}$/.test(key)
  ) {
    return { key, id };
  }
  throw notOurs();
}

/**
 * Reads a cursor whose id is one UUID and whose key, where `byTime`, is a time: the casts of the query hold.
 * @throws ApiError 400 for a text that is none, or that belongs to a list of another order
 */
export function decodeKeyset(text: string, options: { byTime: boolean }): Cursor {
  const cursor = decodeCursor(text);
  if (cursor.id.includes(':') || (options.byTime ? !isTime(cursor.key) : cursor.key !== '')) throw notOurs();
  return cursor;
}

/**
 * A page of rows that were read with one more than asked for: the extra row tells that there is a next page.
 * @param cursorOf sort key and id of a row
 * @param extra further keys of the body
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  max: number,
  present: (row: Row) => Item,
  cursorOf: (row: Row) => Cursor,
  extra: Record<string, unknown> = {},
): Page<Item> {
  const items = rows.slice(0, max);
  const last = items.at(-1);
  const next = rows.length > max && last !== undefined ? { cursor: encodeCursor(cursorOf(last)) } : undefined;
  return new Page(items.map(present), next, extra);
}
