import { domainToUnicode } from 'node:url';
import { ApiError } from '@moothall/core';
import { asciiDomain } from '../../identity/organizations/index.ts';
import { peopleErrors } from './people.errors.ts';

const LOCAL_PART = /^[^\s@"<>(),;:\\[\]]{1,64}$/;
const INVISIBLE = /[\p{C}\p{Z}]/u;
const LETTER = /\p{L}/u;

/** Scripts whose letters stand beside Latin ones in everyday writing, and look like none of them. */
const EAST_ASIAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}]/u;
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Georgian',
  'Cherokee',
  'Coptic',
  'Hebrew',
  'Arabic',
];
const BY_SCRIPT = SCRIPTS.map((script) => [script, new RegExp(`\\p{sc=${script}}`, 'u')] as const);

function scriptOf(letter: string): string | undefined {
  if (EAST_ASIAN.test(letter)) return undefined;
  return BY_SCRIPT.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'another script';
}

function scriptsOf(text: string): string[] {
  const letters = [...text].filter((character) => LETTER.test(character));
  return [...new Set(letters.flatMap((letter) => scriptOf(letter) ?? []))];
}

/** The address with its domain as `asciiDomain` has it where that holds other letters; any other text as it is. */
export function comparableEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  return asciiDomain(domain) === domain.toLowerCase()
    ? email.normalize('NFC')
    : `${email.slice(0, at).normalize('NFC')}@${asciiDomain(domain) ?? domain}`;
}

function refusalOf(local: string, domain: string, ascii: string | undefined): string | undefined {
  if (INVISIBLE.test(local + domain))
    return 'it holds characters that cannot be seen; type the address anew.';
  if (!LOCAL_PART.test(local) || ascii === undefined) return 'give an address such as ada@example.com.';
  if (local.normalize('NFKC') !== local.normalize('NFC'))
    return 'it holds characters that only look like plain letters; type the address anew.';
  const scripts = scriptsOf(local + domainLetters(ascii));
  return scripts.length > 1
    ? `it mixes letters of ${scripts.join(' and ')}, which look alike; write it in letters of one script.`
    : undefined;
}

/** The letters of a domain as they are read, without its last part, which is Latin for most of the world. */
function domainLetters(ascii: string): string {
  const parts = domainToUnicode(ascii).split('.');
  return (parts.length > 1 ? parts.slice(0, -1) : parts).join('');
}

/**
 * An address that a new person is to have: written in letters of one script, its domain's last part aside,
 * so that nobody is taken for somebody else (homographs; decided after UTS 39, "highly restrictive"); the
 * letters of East Asian scripts may stand beside others. Characters that cannot be seen, and those that are
 * other forms of plain letters, are refused too. A domain in other letters than ASCII's is kept as `xn--`.
 * @param field how the request calls the address
 * @throws ApiError `person.email_refused`
 */
export function checkedEmail(email: string, field: string): string {
  const at = email.lastIndexOf('@');
  const [local, domain] = [email.slice(0, at), email.slice(at + 1)];
  const reason = refusalOf(local, domain, asciiDomain(domain));
  if (reason) throw new ApiError(peopleErrors['person.email_refused'], { parameters: { field, reason } });
  return comparableEmail(email);
}
