import type { Maker } from './maker.ts';

/** A request of an operation: values of its path, its query and its body. */
export type Sample = {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
};

/** How an operation is asked, and what of it is no matter of roles and organisations. */
export type Entry = {
  /** Makes a valid request of Ada's, about new objects of her organisation. */
  request: (maker: Maker) => Sample | Promise<Sample>;
  /** It names nothing that belongs to anybody: whoever is let in may do it, in their own organisation. */
  unbound?: true;
  /** Why people of other organisations may do it, or be told. */
  shared?: string;
  /** Status of its refusal where it refuses everybody who is let in. */
  refusesWith?: number;
  /** It ends what other requests are sent with: asked after all others. */
  last?: true;
  /** What strangers get where it is neither 403 nor 404. */
  strangersGet?: readonly number[];
};

/** An operation that asks for no token: its own tests show who is let in, and by what. */
export type OpenEntry = { open: string };

/** Entries by the ids of operations. */
export type Entries = Readonly<Record<string, Entry | OpenEntry>>;
