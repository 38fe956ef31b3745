import type { Conversation } from '@moothall/http';

/** What one side said, with every secret masked. */
export type Said = {
  headers: Record<string, string>;
  /** JSON or text; cut at 64 kB. */
  body?: string;
  isCut?: boolean;
};

const KEPT_CHARACTERS = 65_536;
const MASK = '***';
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'x-csrf-token',
]);
const SECRET_FIELD =
  /^(.*token|.*secret|.*password|code|code_verifier|client_assertion|assertion|device_code|cookie)$/i;
const PUBLIC_FIELD = /^(token_type|next_?token|.*_token_expires_in)$/i;

function maskHeader(name: string, value: string): string {
  if (!SECRET_HEADERS.has(name.toLowerCase())) return value;
  const scheme = /^(bearer|basic)\s/i.exec(value)?.[1];
  return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}

function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      maskHeader(name, Array.isArray(value) ? value.join(', ') : String(value)),
    ]),
  );
}

function maskField(this: unknown, name: string, value: unknown): unknown {
  const isSecret = typeof value === 'string' && SECRET_FIELD.test(name) && !PUBLIC_FIELD.test(name);
  return isSecret && value !== '' ? MASK : value;
}

function bodyOf(body: unknown): Pick<Said, 'body' | 'isCut'> {
  if (body === undefined) return {};
  const text = typeof body === 'string' ? body : JSON.stringify(body, maskField, 2);
  return text.length <= KEPT_CHARACTERS
    ? { body: text }
    : { body: text.slice(0, KEPT_CHARACTERS), isCut: true };
}

/**
 * Both sides of an exchange, without what opens something: tokens, cookies, passwords and codes are `***`
 * wherever a header or field is named so.
 */
export function mask(conversation: Conversation): { request: Said; response: Said } {
  const { requestHeaders, requestBody, responseHeaders, responseBody } = conversation;
  return {
    request: { headers: headersOf(requestHeaders), ...bodyOf(requestBody) },
    response: { headers: headersOf(responseHeaders), ...bodyOf(responseBody) },
  };
}

/** A query with its secrets masked, with its question mark; empty without one. */
export function maskQuery(url: string): string {
  const at = url.indexOf('?');
  if (at < 0) return '';
  const query = new URLSearchParams(url.slice(at + 1));
  for (const name of new Set(query.keys())) if (SECRET_FIELD.test(name)) query.set(name, MASK);
  return `?${query}`;
}
