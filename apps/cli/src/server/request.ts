import type { IncomingMessage } from 'node:http';
import { CliError, exitCodes } from '../cli-error.ts';
import { ask } from './ask.ts';

/** A reply that was not refused. */
export type Reply = {
  status: number;
  /** The body as it came. */
  text: string;
  /** The body parsed; an empty object where there is none. */
  body: Record<string, unknown>;
};

/** A request with a bearer token; the body is sent as JSON. */
export type Sent = { method: string; url: string; bearer: string; body?: unknown };

/** A long advance of the clock answers only when all that became due is done. */
const ANSWER_TIMEOUT_MS = 10 * 60_000;

const HINTS: Record<number, string> = {
  401: 'Check --lab-key or MOOT_LAB_KEY, or the token; it may have expired.',
  403: 'Use the token of somebody who may do this; `moot why` with the tracking id tells what is lacking.',
  405: 'Use a server of the same release as this command.',
};

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function refusal(sent: Sent, status: number, text: string): CliError {
  const body = parsed(text);
  const errors = Array.isArray(body?.errors) ? (body.errors as { description?: string }[]) : [];
  const told = [body?.message, ...errors.map((error) => error.description)].filter((line) => line);
  const lines = [...new Set(told.map(String))];
  const heading = `${sent.method} ${new URL(sent.url).pathname} answered ${status}`;
  const tracking = body?.trackingId ? [`tracking id ${String(body.trackingId)}`] : [];
  const hint = HINTS[status] ? [HINTS[status]] : [];
  return new CliError(
    [`${heading}: ${lines.join(' ') || 'without a reason'}`, ...tracking, ...hint].join('\n'),
  );
}

function replyTo({ method, url, bearer, body }: Sent): Promise<IncomingMessage> {
  const headers: Record<string, string> = { authorization: `Bearer ${bearer}`, accept: 'application/json' };
  if (body === undefined) return ask(url, { method, headers, timeoutMs: ANSWER_TIMEOUT_MS });
  headers['content-type'] = 'application/json; charset=utf-8';
  return ask(url, { method, headers, body: JSON.stringify(body), timeoutMs: ANSWER_TIMEOUT_MS });
}

/** The body of an answer, by its events: what Node compiles for `node:stream/consumers` takes 8 ms of a command. */
function textOf(reply: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    reply.setEncoding('utf8');
    reply.on('data', (chunk: string) => {
      text += chunk;
    });
    reply.on('end', () => resolve(text));
    reply.on('error', reject);
  });
}

/**
 * Sends a request and reads the whole reply.
 * @throws CliError 3 when the server cannot be reached, 1 when it answers 4xx or 5xx
 */
export async function send(sent: Sent): Promise<Reply> {
  const unreachable = (error: Error) => {
    const reason = error.message || (error as NodeJS.ErrnoException).code || error.name;
    throw new CliError(
      `No server answers at ${new URL(sent.url).origin} (${reason}): check that it runs and that the address is right.`,
      exitCodes.unreachable,
    );
  };
  const reply = await replyTo(sent).catch(unreachable);
  const [status, text] = [reply.statusCode!, await textOf(reply).catch(unreachable)];
  if (status >= 300) throw refusal(sent, status, text);
  return { status, text, body: parsed(text) ?? {} };
}
