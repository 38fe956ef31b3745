import type { Actor, Capacity, Operation } from '@moothall/contract';
import type { z } from 'zod';
import type { UploadedFile } from './ports.ts';
import type { JsonReply, Page, RawReply } from './reply.ts';
import type { Trace } from './trace.ts';

/** What every handler gets beside its parsed input. */
export type RequestContext = {
  actor: Actor;
  /** Capacities in which scopes and roles let the caller in, in the order to be tried. */
  capacities: readonly Capacity[];
  trace: Trace;
  /** Scheme and host for absolute URLs, without a slash at the end. */
  baseUrl: string;
  headers: Record<string, string | undefined>;
  /** Address of the caller, behind trusted proxies the one that they report. */
  remoteAddress: string;
};

/** A request as its handler gets it: decoded by the operation's contract. */
export type HandlerRequest<Op extends Operation> = RequestContext & {
  params: z.output<NonNullable<Op['params']>>;
  query: z.output<NonNullable<Op['query']>>;
  body: z.output<NonNullable<Op['body']>>;
  /** Stored file parts, where the operation takes a multipart body. */
  files: readonly UploadedFile[];
};

type ListedIn<Body> = {
  [Key in keyof Body]: NonNullable<Body[Key]> extends readonly (infer Item)[] ? Item : never;
}[keyof Body];

/** Of a list its items; of a body that holds a page under another key, what is listed there. */
type ItemOf<Body> = Body extends { items: readonly (infer Item)[] } ? Item : ListedIn<Body>;

/** What a handler may answer. */
export type HandlerReply<Op extends Operation> =
  | z.input<NonNullable<Op['response']>>
  | Page<ItemOf<z.input<NonNullable<Op['response']>>>>
  | JsonReply<z.input<NonNullable<Op['response']>> | undefined>
  | RawReply
  | undefined;

/** The code behind an operation. */
export type Handler<Op extends Operation> = (
  request: HandlerRequest<Op>,
) => Promise<HandlerReply<Op>> | HandlerReply<Op>;

/** Ties operations to their handlers. */
export type Mount = <Op extends Operation>(operation: Op, handler: Handler<Op>) => void;
