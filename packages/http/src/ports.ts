import type { Readable } from 'node:stream';
import type { Access, Actor, Capacity, Operation, Site } from '@moothall/contract';
import type { Logger } from 'pino';
import type { Trace } from './trace.ts';

/** A file that came as a part of a form, already stored. */
export type UploadedFile = { hash: string; sizeBytes: number; fileName: string; mimeType: string };

/** What was said in an exchange, as it was: secrets are in it, so that only a lab may keep it, and masked. */
export type Conversation = {
  requestHeaders: Readonly<Record<string, string | string[] | undefined>>;
  /** After its content type; of a form with files the fields, and what was said of the files. */
  requestBody?: unknown;
  responseHeaders: Readonly<Record<string, unknown>>;
  /** Before it became JSON; absent where bytes were streamed. */
  responseBody?: unknown;
};

/** One finished exchange, for the log, the metrics and the inspector. */
export type Exchange = {
  trace: Trace;
  operation?: Operation;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  actor?: Actor;
  /** For whoever masks it; the log and the metrics do not look. */
  conversation: Conversation;
};

/** A request that arrives: its operation and headers, nothing else of it has been read. */
export type Arrival = {
  operation: Operation;
  trace: Trace;
  headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** A fault that the lab wants injected into a request. */
export type InjectedFault = { latencyMs?: number; status?: number; retryAfterSeconds?: number };

/** What the HTTP door asks of the product; it knows no slice. */
export interface HttpPorts {
  log: Logger;
  /** The caller behind a bearer token; undefined when it is unknown, expired or revoked. */
  authenticate(token: string): Promise<Actor | undefined> | Actor | undefined;
  /** Who is signed in by the cookie of a session, at a site of ours. @throws ApiError when the site may not be entered */
  authenticateSession(cookie: string, site: Site): Promise<Actor | undefined> | Actor | undefined;
  /** The value that a page must send in `X-CSRF-Token` with a change, for the cookie of its session. */
  csrfTokenOf(cookie: string): string;
  /** Scope, role and licence of an operation. @throws ApiError 403 */
  admit(actor: Actor, access: Access, trace: Trace): readonly Capacity[];
  /** Stores a file part. @throws ApiError 413 */
  acceptFile(source: Readable, fileName: string, mimeType: string): Promise<UploadedFile>;
  /** Rate limits. @throws ApiError 429 */
  limitRate(actor: Actor, operation: Operation): void;
  /**
   * Asked before anything of a request is read; may wait or throw. In the lab only: it holds requests
   * while a world is replaced, and asks for the lab's key.
   */
  enter?(arrival: Arrival): Promise<void> | void;
  /** Fault to inject, in the lab only. */
  fault?(operation: Operation, actor: Actor | undefined): InjectedFault | undefined;
  /** Told of each finished exchange. */
  finished(exchange: Exchange): void;
  /** A new tracking id. */
  newTrackingId(): string;
  /** Monotonic milliseconds. */
  monotonicMs(): number;
}

/** Settings of the door. */
export type HttpSettings = {
  bodyLimitBytes: number;
  /** Base of absolute URLs; the request's own scheme and host where absent (lab). */
  publicUrl?: string;
  /** Where help is to be had; told with every refusal (F1). */
  supportContact?: string;
  /** Addresses or ranges of proxies whose X-Forwarded headers are believed. */
  trustedProxies?: readonly string[];
  /** Check each reply against its contract, and fail with 500 when it lies (lab and tests). */
  checkReplies: boolean;
  /** Strict-Transport-Security and the like (production). */
  secureHeaders: boolean;
  tls?: { cert: string; key: string };
};
