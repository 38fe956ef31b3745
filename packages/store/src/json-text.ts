/** An escape of JSON; what it captures stands for U+0000 or for half of a surrogate pair. */
const ESCAPE = /\\(?:u(0000|d[89a-f][0-9a-f]{2})|.)/g;

/**
 * JSON that `jsonb` can store: what came from the network may hold U+0000 or half of a surrogate pair,
 * which it refuses and which only ever stand escaped here; they become U+FFFD.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u')) return text;
  return text.replace(ESCAPE, (whole, refused?: string) => (refused === undefined ? whole : '\\ufffd'));
}
