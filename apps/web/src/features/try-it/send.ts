import { PageError } from '../../data/page-error.ts';
import type { ApiRequest } from './draft.ts';

/** What came back, and how long it took. */
export type ApiReply = {
  status: number;
  headers: [name: string, value: string][];
  /** Text, JSON set out in lines; absent for bytes. */
  text?: string;
  bytes?: Blob;
  durationMs: number;
};

const TIMEOUT_MS = 60_000;

/**
 * Sends a request as a program would: with the token alone, without the cookie of this page.
 * @throws PageError when nothing came back
 */
export async function send(request: ApiRequest, token: string | undefined): Promise<ApiReply> {
  const started = performance.now();
  const response = await answer(request, token);
  const body = await response.blob();
  const durationMs = Math.round(performance.now() - started);
  const headers = [...response.headers];
  return { status: response.status, headers, durationMs, ...(await shown(body)) };
}

async function answer({ method, path, contentType, body }: ApiRequest, token: string | undefined) {
  try {
    return await fetch(path, {
      method,
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(contentType !== undefined && { 'Content-Type': contentType }),
      },
      body: body ?? null,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    const message = 'The server did not answer: check the connection and try again.';
    throw new PageError({ status: 0, message }, { cause });
  }
}

async function shown(body: Blob): Promise<Pick<ApiReply, 'text' | 'bytes'>> {
  if (body.size === 0) return {};
  if (/json/.test(body.type)) return { text: inLines(await body.text()) };
  return /^text\//.test(body.type) ? { text: await body.text() } : { bytes: body };
}

/** JSON set out in lines; other text as it is. */
export function inLines(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    // Shown as it came.
    return text;
  }
}
