import type { Transporter } from 'nodemailer';
import { type MailAddress, parseMailFrom, parseSmtpUrl, type SmtpServer } from './mailer-settings.ts';

/** A mail as it is handed over. */
export type Letter = {
  /** Of the row that it comes from: a second hand-over of the same row can be known by it. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  date: Date;
};

/** Hands mails to the operator's mail server. */
export interface Mailer {
  readonly from: MailAddress;
  /** The server as it may be shown: `smtp://host:port`, no login. */
  readonly server: string;
  /** @throws MailRefusal when the server did not take it */
  send(letter: Letter): Promise<void>;
  /** Ends the connections, those in use too. */
  close(): void;
}

/** A mail that was not taken. */
export class MailRefusal extends Error {
  /** Another try is of no use: the server refused this mail for good. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

/** What a mailer is made of. */
export type MailerSettings = {
  /** `MOOT_SMTP_URL` */
  smtpUrl: string;
  /** `MOOT_MAIL_FROM` */
  from: string;
  /** Longest silence of the server, in milliseconds; a whole hand-over may take four times that. */
  timeoutMs: number;
};

/** Mails on their way at once. */
export const MAILS_AT_ONCE = 4;

const IDLE_MS = 20_000;
const MAILS_PER_CONNECTION = 100;
const WHOLE = 4;
const REASON_MAX = 300;

type SmtpError = Error & { code?: string; responseCode?: number; command?: string };

/** 530: a login is asked for. */
const LOGIN_WANTED = 530;

/** A refusal of the recipient or the text is about this mail; of the sender or the login, about the settings. */
function refusalOf(error: unknown): MailRefusal {
  const { message, code = '', responseCode = 0, command } = error as SmtpError;
  const isAboutMail = /^E(ENVELOPE|MESSAGE)$/.test(code) && command !== 'MAIL FROM';
  const isFinal = isAboutMail && responseCode >= 500 && responseCode !== LOGIN_WANTED;
  const reason = message.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return new MailRefusal(reason.slice(0, REASON_MAX), isFinal);
}

async function transportOf(server: SmtpServer, timeoutMs: number): Promise<Transporter> {
  const { host, port, isTls, startTls, login } = server;
  // Loaded for the first mail: most starts need none.
  const { createTransport } = await import('nodemailer');
  return createTransport({
    pool: true,
    host,
    port,
    secure: isTls,
    requireTLS: startTls === 'required',
    ignoreTLS: startTls === 'never',
    ...(login && { auth: login }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    idleTimeout: IDLE_MS,
    maxConnections: MAILS_AT_ONCE,
    maxMessages: MAILS_PER_CONNECTION,
    // Once only, for a kept connection that the server had closed meanwhile.
    maxRequeues: 1,
    // No field of a mail may name a file or URL to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function contentOf({ id, to, subject, text, html, date }: Letter, from: MailAddress) {
  return {
    from,
    // As an object it is one address, whatever characters it holds.
    to: { name: '', address: to },
    subject,
    text,
    html,
    date,
    messageId: `<${id}@${from.address.split('@').at(-1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

/**
 * Makes a mailer; nothing is connected yet. Connections are kept for the next mails for 20 s.
 * @throws RangeError when the URL or the address is none
 */
export function createMailer({ smtpUrl, from: fromText, timeoutMs }: MailerSettings): Mailer {
  const server = parseSmtpUrl(smtpUrl);
  const from = parseMailFrom(fromText);
  let transport: Promise<Transporter> | undefined;
  return {
    from,
    server: `${server.isTls ? 'smtps' : 'smtp'}://${server.host}:${server.port}`,
    async send(letter) {
      // A server that trickles its answer is never silent.
      const signal = AbortSignal.timeout(timeoutMs * WHOLE);
      try {
        transport ??= transportOf(server, timeoutMs);
        await (await transport).sendMail({ ...contentOf(letter, from), signal });
      } catch (error) {
        throw refusalOf(error);
      }
    },
    close() {
      // That it could not be loaded was told to whoever sent.
      transport?.then(
        (opened) => opened.close(),
        () => undefined,
      );
    },
  };
}
