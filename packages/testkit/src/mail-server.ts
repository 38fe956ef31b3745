import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail that a server took: headers by their names in small letters, parts by their types. */
export type TakenMail = {
  from: string;
  to: string[];
  user: string | undefined;
  /** As it came. */
  raw: string;
  headers: Record<string, string>;
  /** Each header's line as it came, unfolded. */
  headerLines: string[];
  parts: Record<string, string>;
};

/** What a server answers instead of taking a mail. */
export type MailAnswer = { at: 'recipient' | 'data' | 'sender'; code: number; message: string };

/** A mail server on the loopback address that keeps what it takes. */
export interface TestMailServer {
  url: string;
  port: number;
  mails: TakenMail[];
  /** Connections so far. */
  connections(): number;
  /** Recipients that were named so far, refused ones too. */
  recipients: string[];
  /** How mails are answered from now on; undefined: they are taken. */
  answer(answer: MailAnswer | undefined): void;
  /** Does something while a mail's text is awaited, before it is taken. */
  beforeTaking(hook: (() => Promise<void>) | undefined): void;
  close(): Promise<void>;
}

function decodedWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, body: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(body, 'base64').toString()
        : decodedQuoted(body.replaceAll('_', ' ')),
    );
}

function decodedQuoted(body: string): string {
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

function parsed(raw: string) {
  const end = raw.indexOf('\r\n\r\n');
  const headerLines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const fields = headerLines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    decodedWords(line.slice(line.indexOf(':') + 1).trim()),
  ]);
  return {
    headerLines,
    headers: Object.fromEntries(fields) as Record<string, string>,
    body: raw.slice(end + 4),
  };
}

function partsOf(raw: string): Record<string, string> {
  const { headers, body } = parsed(raw);
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary !== undefined) {
    const inner = body.split(`--${boundary}`).slice(1, -1);
    return Object.assign({}, ...inner.map((part) => partsOf(part.replace(/^\r\n/, ''))));
  }
  const encoding = headers['content-transfer-encoding'];
  if (encoding === 'base64') return { [type]: Buffer.from(body, 'base64').toString() };
  return { [type]: (encoding === 'quoted-printable' ? decodedQuoted(body) : body).replaceAll('\r\n', '\n') };
}

function refusal({ code, message }: MailAnswer): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

/** Starts a mail server on a free port, or on the one it is given. */
export async function startMailServer(
  options: { port?: number; password?: string; startTls?: boolean; tls?: boolean } = {},
): Promise<TestMailServer> {
  const mails: TakenMail[] = [];
  const recipients: string[] = [];
  let answer: MailAnswer | undefined;
  let hook: (() => Promise<void>) | undefined;
  let connections = 0;
  const refused = (at: MailAnswer['at']) => (answer?.at === at ? refusal(answer) : null);
  const server = new SMTPServer({
    logger: false,
    secure: options.tls ?? false,
    authOptional: options.password === undefined,
    allowInsecureAuth: true,
    disabledCommands: options.startTls ? [] : ['STARTTLS'],
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth({ username, password }, _session, done) {
      if (password === options.password) done(null, { user: username });
      else done(Object.assign(new Error('wrong login'), { responseCode: 535 }));
    },
    onMailFrom: (_address, _session, done) => done(refused('sender')),
    onRcptTo({ address }, _session, done) {
      recipients.push(address);
      done(refused('recipient'));
    },
    onData(stream, session, done) {
      const take = async () => {
        const raw = await text(stream);
        await hook?.();
        const failure = refused('data');
        if (failure) return done(failure);
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const { headers, headerLines } = parsed(raw);
        const user = session.user as unknown as string | undefined;
        mails.push({
          from,
          to: rcptTo.map(({ address }) => address),
          user,
          raw,
          headers,
          headerLines,
          parts: partsOf(raw),
        });
        done();
      };
      take().catch(done);
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails,
    recipients,
    connections: () => connections,
    answer: (next) => {
      answer = next;
    },
    beforeTaking: (next) => {
      hook = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
