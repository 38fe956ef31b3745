/** Where mails are handed over: the operator's own mail server. */
export type SmtpServer = {
  host: string;
  port: number;
  /** TLS from the first byte (smtps). */
  isTls: boolean;
  /** What is done with STARTTLS on a connection that begins in the clear. */
  startTls: 'required' | 'when offered' | 'never';
  login?: { user: string; pass: string };
};

/** An address with the name that is shown beside it; the name may be empty. */
export type MailAddress = { name: string; address: string };

const SMTPS_PORT = 465;
const SUBMISSION_PORT = 587;
const FORM = 'expected smtp://user:password@host:port or smtps://host';
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

const startTlsChoices: Readonly<Record<string, SmtpServer['startTls']>> = {
  required: 'required',
  optional: 'when offered',
  never: 'never',
};

/** A password is not sent in the clear over a network unless the operator says so. */
function startTlsOf(url: URL): SmtpServer['startTls'] {
  const given = url.searchParams.get('starttls');
  if (given === null)
    return url.username !== '' && !LOOPBACK.test(url.hostname) ? 'required' : 'when offered';
  const choice = startTlsChoices[given];
  if (choice === undefined) throw new RangeError('expected starttls=required, optional or never');
  return choice;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new RangeError('expected user and password with % written as %25');
  }
}

function parsedUrl(text: string): URL {
  if (!/^smtps?:\/\//i.test(text) || !URL.canParse(text)) throw new RangeError(FORM);
  const url = new URL(text);
  if (url.hostname === '' || !/^\/?$/.test(url.pathname) || url.hash !== '') throw new RangeError(FORM);
  if (url.port === '0') throw new RangeError('expected a port from 1 to 65535');
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'starttls');
  if (unknown !== undefined)
    throw new RangeError(`there is no parameter '${unknown}'; starttls is the only one`);
  return url;
}

/**
 * Reads `MOOT_SMTP_URL`: `smtps://` speaks TLS from the start (port 465 unless said), `smtp://` turns to TLS
 * by STARTTLS (port 587 unless said). STARTTLS is used where it is offered, and demanded where a password
 * would travel; `?starttls=required`, `optional` or `never` decides otherwise (decided).
 * @throws RangeError with the form that was expected; it repeats nothing of the text, which may hold a password
 */
export function parseSmtpUrl(text: string): SmtpServer {
  const url = parsedUrl(text);
  const isTls = url.protocol.toLowerCase() === 'smtps:';
  if (isTls && url.searchParams.has('starttls')) throw new RangeError('starttls is for smtp:// only');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isTls ? SMTPS_PORT : SUBMISSION_PORT) : Number(url.port),
    isTls,
    startTls: startTlsOf(url),
    ...(url.username !== '' && { login: { user: decoded(url.username), pass: decoded(url.password) } }),
  };
}

/**
 * Reads `MOOT_MAIL_FROM`: an address, or a name with the address in angle brackets.
 * @throws RangeError with the form that was expected
 */
export function parseMailFrom(text: string): MailAddress {
  const [, name = '', bracketed, plain] = /^(?:([^<>]*)<([^<>]*)>|([^<>]*))$/.exec(text.trim()) ?? [];
  const address = (bracketed ?? plain ?? '').trim();
  if (/\p{Cc}/u.test(text) || !/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(address))
    throw new RangeError("expected an address such as 'Moothall <moot@example.com>'");
  return {
    name: name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .normalize('NFC'),
    address,
  };
}
