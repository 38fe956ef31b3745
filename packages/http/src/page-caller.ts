import { timingSafeEqual } from 'node:crypto';
import type { Actor, Operation, Site } from '@moothall/contract';
import { ApiError, generalErrors } from '@moothall/core';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import type { HttpPorts } from './ports.ts';
import type { Trace } from './trace.ts';

/** Name of the cookie that holds a session. */
export const SESSION_COOKIE = 'moot_session';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD']);

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The value of the session's cookie; undefined where none was sent. */
export function sessionCookieOf(cookieHeader: string | undefined): string | undefined {
  return cookieHeader === undefined ? undefined : parseCookie(cookieHeader)[SESSION_COOKIE] || undefined;
}

/**
 * The `Set-Cookie` of a session: not readable by scripts, not sent along from foreign pages.
 * @param maxAgeSeconds zero ends it
 */
export function sessionCookieHeader(value: string, maxAgeSeconds: number, baseUrl: string): string {
  return stringifySetCookie({
    name: SESSION_COOKIE,
    value,
    maxAge: maxAgeSeconds,
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: baseUrl.startsWith('https:'),
  });
}

/**
 * A page's change must come from a page of ours: browsers name the origin of each change, and a body that
 * a plain form could send is none of ours, so that nobody is signed in as somebody else from elsewhere. An
 * upload is a form's by its type; there the CSRF token of the session has to do.
 * @throws ApiError 403 `session.foreign_page`
 */
export function assertOwnPage(request: FastifyRequest, operation: Operation, baseUrl: string): void {
  if (READING.has(request.method)) return;
  const { origin } = request.headers;
  const media = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const isUpload = media === 'multipart/form-data' && operation.multipart && operation.access?.session;
  const isPlainForm = media !== undefined && media !== 'application/json' && !isUpload;
  const isForeign = origin !== undefined && origin !== new URL(baseUrl).origin;
  if (isForeign || isPlainForm || request.headers['sec-fetch-site'] === 'cross-site')
    throw new ApiError(generalErrors['session.foreign_page']);
}

/**
 * Who is signed in, for an operation of a page.
 * @throws ApiError 401 without a live session, 403 for a change without the session's CSRF token
 */
export async function sessionCallerOf(
  { ports }: { ports: HttpPorts },
  site: Site,
  request: FastifyRequest,
  trace: Trace,
): Promise<Actor> {
  const cookie = sessionCookieOf(request.headers.cookie);
  const actor = cookie === undefined ? undefined : await ports.authenticateSession(cookie, site);
  if (cookie === undefined || !actor) {
    const detail = cookie === undefined ? 'no session' : 'the session is unknown or over';
    trace.steps.push({ check: 'token', passed: false, detail });
    throw new ApiError(generalErrors['session.required']);
  }
  if (READING.has(request.method)) return actor;
  const sent = request.headers['x-csrf-token'];
  if (typeof sent === 'string' && sameText(sent, ports.csrfTokenOf(cookie))) return actor;
  trace.steps.push({ check: 'token', passed: false, detail: "no CSRF token of the page's session" });
  throw new ApiError(generalErrors['session.foreign_page']);
}
