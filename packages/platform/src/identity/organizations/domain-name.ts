import { domainToASCII } from 'node:url';

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)*${LABEL}$`);
const ASCII = /^[\x20-\x7e]*$/;

/** Whether a text is the name of a domain, in ASCII and lower case. */
export function isDomain(text: string): boolean {
  return DOMAIN.test(text);
}

/**
 * The one form in which domains are compared and kept: lower case, other letters than ASCII's in the form
 * of RFC 5891 (`xn--`).
 * @returns undefined for a text that is the name of no domain
 */
export function asciiDomain(text: string): string | undefined {
  // Of ASCII texts the URL standard would read some as numbers of hosts.
  const ascii = ASCII.test(text) ? text.toLowerCase() : domainToASCII(text);
  return isDomain(ascii) ? ascii : undefined;
}
