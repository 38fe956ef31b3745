import type { Readable } from 'node:stream';

/** A page of a list: the mount adds the Link header from `next`. */
export class Page<Item> {
  readonly items: readonly Item[];
  readonly next: Record<string, string> | undefined;
  readonly extra: Record<string, unknown>;
  readonly key: string;

  /**
   * @param next query parameters that lead to the next page, over those of the request; absent on the last page
   * @param extra further keys of the body, such as notFoundIds
   * @param key of the items in the body; `items` in every list that is nothing but a list
   */
  constructor(
    items: readonly Item[],
    next?: Record<string, string>,
    extra: Record<string, unknown> = {},
    key = 'items',
  ) {
    this.items = items;
    this.next = next;
    this.extra = extra;
    this.key = key;
  }
}

/** A reply that is not plain JSON with the operation's own status. */
export class RawReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Readable | Buffer | string | undefined;

  /** @param body streamed as it is; absent for none */
  constructor(status: number, headers: Record<string, string>, body?: Readable | Buffer | string) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** A JSON reply with headers beside the usual, such as a cookie, or with another status; the body is held to the contract. */
export class JsonReply<Body> {
  readonly body: Body;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly status: number;

  /**
   * @param body what the operation's contract describes; ignored where it answers nothing
   * @param status 200, or one of the operation's `otherSuccesses`
   */
  constructor(body: Body, headers: Readonly<Record<string, string | string[]>>, status = 200) {
    this.body = body;
    this.headers = headers;
    this.status = status;
  }
}
