/** Credentials of HTTP Basic; the secret as it was sent and, where that differs, as a form encodes it. */
export type BasicCredentials = { clientIds: readonly string[]; secrets: readonly string[] };

/** Each part is form-encoded (RFC 6749, 2.3.1), but many clients send it as it is: both readings count. */
function readingsOf(part: string): string[] {
  try {
    return [...new Set([part, decodeURIComponent(part.replaceAll('+', ' '))])];
  } catch {
    return [part];
  }
}

/**
 * Reads an `Authorization` header.
 * @returns undefined where it is none of Basic; `'malformed'` for Basic without two parts
 */
export function parseBasic(header: string | undefined): BasicCredentials | 'malformed' | undefined {
  const encoded = header === undefined ? undefined : /^basic\s+(.*)$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded.trim(), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0 || text.includes('\0')) return 'malformed';
  return { clientIds: readingsOf(text.slice(0, colon)), secrets: readingsOf(text.slice(colon + 1)) };
}
