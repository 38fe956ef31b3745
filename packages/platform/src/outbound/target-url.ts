import { isIP } from 'node:net';
import type { AddressRules } from './address-rules.ts';

/** Longest URL that a user may give, in characters (decided). */
const MAX_URL_LENGTH = 2048;

/** A URL that may be tried, or why not. */
export type TargetCheck =
  | { ok: true; origin: string; path: string }
  | { ok: false; code: 'invalid_url' | 'blocked_address'; reason: string };

function invalid(reason: string): TargetCheck {
  return { ok: false, code: 'invalid_url', reason };
}

/** Takes the brackets off an IPv6 host as it stands in a URL. */
function bareHost(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

/**
 * Checks the form of a URL, without asking the network: scheme, length, no credentials, and no address
 * literal that the rules deny. Decimal, octal, hex and short IPv4 forms are normalised first.
 */
export function checkTarget(text: string, rules: AddressRules): TargetCheck {
  if (text.length > MAX_URL_LENGTH) return invalid(`URL is longer than ${MAX_URL_LENGTH} characters`);
  if (!URL.canParse(text)) return invalid('URL is not an absolute http or https URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return invalid('URL must start with http:// or https://');
  }
  if (url.username !== '' || url.password !== '') return invalid('URL must not contain a user or password');
  const host = bareHost(url);
  if (isIP(host) !== 0 && !rules.allowsName(host) && !rules.allowsAddress(host)) {
    return { ok: false, code: 'blocked_address', reason: `address ${host} is not public` };
  }
  return { ok: true, origin: url.origin, path: url.pathname + url.search };
}
