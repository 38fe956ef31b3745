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
/** Parameters of a URL, plain or inside another one, where they are encoded. */
const SECRET_PARAMETER =
  /((?:^|[?&#]|%3F|%26|%23)(?:code|link|password|assertion|(?:\w*_)?(?:token|secret|code|assertion)|code_verifier)(?:=|%3D))(?:(?!%26|%23)[^&#\s"'<>])+/gi;
const PUBLIC_FIELD = /^(token_type|next_?token|.*_token_expires_in)$/i;

/** URLs carry codes and tokens in their query or fragment, under whatever name the URL itself goes. */
function maskUrls(text: string): string {
  return text.replace(SECRET_PARAMETER, `$1${MASK}`);
}

function maskHeader(name: string, value: string): string {
  if (!SECRET_HEADERS.has(name.toLowerCase())) return maskUrls(value);
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
  if (typeof value !== 'string' || value === '') return value;
  return SECRET_FIELD.test(name) && !PUBLIC_FIELD.test(name) ? MASK : maskUrls(value);
}

function bodyOf(body: unknown): Pick<Said, 'body' | 'isCut'> {
  if (body === undefined) return {};
  const text = typeof body === 'string' ? maskUrls(body) : JSON.stringify(body, maskField, 2);
  return text.length <= KEPT_CHARACTERS
    ? { body: text }
    : { body: text.slice(0, KEPT_CHARACTERS), isCut: true };
}

/**
 * Both sides of an exchange, without what opens something: tokens, cookies, passwords and codes are `***`
 * wherever a header or field is named so, or a parameter of a URL in any text.
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
  const shown = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(url.slice(at + 1)))
    shown.append(name, SECRET_FIELD.test(name) || name === 'link' ? MASK : maskUrls(value));
  return `?${shown}`;
}
