import { ApiError, generalErrors } from '@moothall/core';

const DEEPEST = 100;
const utf8 = new TextDecoder('utf-8', { fatal: true });

function malformed(reason: string): ApiError {
  return new ApiError(generalErrors['request.malformed_json'], { parameters: { reason } });
}

/** Text of a body. @throws ApiError 400 when it is not UTF-8 */
export function decodeUtf8(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ApiError(generalErrors['request.malformed_body'], {
      parameters: { reason: 'it is not UTF-8' },
    });
  }
}

/** Where the string that begins at a quote ends. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/** Nesting is bounded on the text itself: later walks of the value are recursive. Brackets within strings are words. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Strings that PostgreSQL cannot store: a NUL, or half of a surrogate pair. */
function findUnstorable(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'a string holds the character U+0000';
    return value.isWellFormed() ? undefined : 'a string holds half of a surrogate pair';
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = findUnstorable(key) ?? findUnstorable(item);
    if (found) return found;
  }
  return undefined;
}

/** @throws ApiError 400 for strings of any nested value that cannot be stored */
export function assertStorable(value: unknown): void {
  const reason = findUnstorable(value);
  if (reason) throw new ApiError(generalErrors['request.malformed_body'], { parameters: { reason } });
}

/**
 * Parses a JSON body, or with `field` the JSON text in a field of one; an empty one is undefined.
 * @throws ApiError 400 for malformed JSON, nesting over 100, and strings that cannot be stored
 */
export function parseJsonBody(bytes: Buffer, field?: string): unknown {
  const text = decodeUtf8(bytes);
  if (text.trim() === '') return undefined;
  if (text.length > 2 * DEEPEST && isTooDeep(text))
    throw malformed(`it is nested deeper than ${DEEPEST} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = (error as SyntaxError).message.slice(0, 120);
    throw malformed(field === undefined ? reason : `${field}: ${reason}`);
  }
  // Both can only come by an escape; looking for one first spares the walk.
  if (/\\u(0000|d[89a-f])/i.test(text)) assertStorable(value);
  return value;
}
