import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Operation } from '@moothall/contract';
import { Known, type Pool } from './pool.ts';
import type { Encoding, FuzzRequest } from './requests.ts';

/** A reply as it came. */
export type RawResponse = { status: number; headers: IncomingMessage['headers']; text: string };

/** A request that is ready to be sent. */
export type ReadyRequest = { method: string; path: string; headers: Record<string, string>; body?: Buffer };

const HANG_MS = 15_000;
const BOUNDARY = 'x-fuzz-boundary';

function fill(value: unknown, pool: Pool, harmless: boolean): unknown {
  if (value instanceof Known) return pool.resolve(value, harmless);
  if (Array.isArray(value)) return value.map((one) => fill(one, pool, harmless));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, pool, harmless)]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Percent-encodes each byte but for the plain ones, lone surrogates too; a percent sign stays now and then. */
function percentEncode(text: string): string {
  if (/^%[!-~]*$/.test(text)) return text;
  return Array.from(Buffer.from(text, 'utf8'), (byte) =>
    /[A-Za-z0-9_.~-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}

function pairs(fields: unknown): [string, string][] {
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value.slice(0, 20) : [value]).map((one): [string, string] => [name, textOf(one)]),
  );
}

function multipart(fields: unknown): Buffer {
  const parts = pairs(fields).map(([name, value]) => {
    const file = name === 'files' ? '; filename="a.txt"\r\nContent-Type: text/plain' : '';
    const disposition = `Content-Disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '')}"${file}`;
    return `--${BOUNDARY}\r\n${disposition}\r\n\r\n${value}\r\n`;
  });
  return Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`);
}

const types: Record<Exclude<Encoding, 'none'>, string> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: `multipart/form-data; boundary=${BOUNDARY}`,
  raw: 'application/json',
};

function bodyOf(encoding: Encoding, value: unknown, raw: string): { type: string; body: Buffer } | undefined {
  if (encoding === 'none' || value === undefined) return undefined;
  const text =
    encoding === 'raw'
      ? raw
      : encoding === 'json'
        ? JSON.stringify(value)
        : pairs(value)
            .map(([name, one]) => `${percentEncode(name)}=${percentEncode(one)}`)
            .join('&');
  return { type: types[encoding], body: encoding === 'multipart' ? multipart(value) : Buffer.from(text) };
}

/** Fills the placeholders of a request and writes it down. @param credentials headers of the caller */
export function prepare(
  operation: Operation,
  fuzz: FuzzRequest,
  pool: Pool,
  credentials: Readonly<Record<string, string>>,
): ReadyRequest {
  const ofPeople = operation.id.startsWith('people.') || operation.id.startsWith('hub.users.');
  const changesPerson = ofPeople && (operation.method === 'PUT' || operation.method === 'PATCH');
  const harmless = operation.method !== 'DELETE' && !changesPerson;
  const params = fill(fuzz.params, pool, harmless) as Record<string, unknown>;
  const query = pairs(fill(fuzz.query, pool, true)).map(
    ([name, value]) => `${percentEncode(name)}=${percentEncode(value.slice(0, 3000))}`,
  );
  if (fuzz.encoding === 'raw') query.push(encodeURI(fuzz.raw.slice(0, 100).toWellFormed()));
  const path = operation.fullPath.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    percentEncode(textOf(params[name]).slice(0, 3000)),
  );
  const written = bodyOf(fuzz.encoding, fill(fuzz.body, pool, true), fuzz.raw);
  return {
    method: operation.method,
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: {
      ...credentials,
      ...(written && { 'content-type': written.type, 'content-length': String(written.body.length) }),
    },
    ...(written && { body: written.body }),
  };
}

/** Sends requests over kept connections; a request without a reply in 15 s fails. */
export type Sender = { send(ready: ReadyRequest): Promise<RawResponse>; close(): void };

/** Makes a sender. */
export function createSender(baseUrl: string): Sender {
  const agent = new Agent({ keepAlive: true });
  const send = ({ method, path, headers, body }: ReadyRequest) =>
    new Promise<RawResponse>((resolve, reject) => {
      const sent = httpRequest(
        `${baseUrl}/`,
        { method, path, headers, agent, timeout: HANG_MS },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      sent.on('timeout', () => sent.destroy(new Error(`no reply within ${HANG_MS} ms`)));
      sent.on('error', reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}
