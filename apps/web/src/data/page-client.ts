import type { Operation } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import { getSession, tokenErrors } from '@moothall/platform/contracts';
import { addressOf, type InputOf, type LooseInput, type ReplyOf } from './operation-input.ts';
import { errorOf, PageError } from './page-error.ts';

/** Where a page is sent when it cannot go on as it is. */
export type WaysOut = {
  /** Nobody is signed in, or not at this site. */
  signIn(): void;
  /** The account holds as many tokens as it may. */
  tokenLimit(): void;
};

/** One page of a list, and the query that leads to the next. */
export type ListPage<Reply> = { reply: Reply; next?: Record<string, string> };

type CallOptions = { signal?: AbortSignal };

const TIMEOUT_MS = 60_000;

/** Calls the operations of our own pages by the session's cookie. Keeps the CSRF token in memory only. */
export class PageClient {
  readonly #waysOut: WaysOut;
  #csrfToken: Promise<string> | undefined;

  constructor(waysOut: WaysOut) {
    this.#waysOut = waysOut;
  }

  /**
   * Calls an operation.
   * @throws PageError as the server refused; 401 and the token limit lead to their pages besides
   */
  async call<Op extends Operation>(
    operation: Op,
    input: InputOf<Op>,
    options: CallOptions = {},
  ): Promise<ReplyOf<Op>> {
    const { reply } = await this.callPage(operation, input, options);
    return reply;
  }

  /** Calls an operation where nobody needs to be signed in: a refusal leads nowhere. @throws PageError */
  async ask<Op extends Operation>(
    operation: Op,
    input: InputOf<Op>,
    { signal }: CallOptions = {},
  ): Promise<ReplyOf<Op>> {
    const response = await this.#request(operation, input as LooseInput, signal);
    return replyOf<Op>(response);
  }

  /** Calls an operation that lists, and tells how its next page is asked for. @throws PageError */
  async callPage<Op extends Operation>(
    operation: Op,
    input: InputOf<Op>,
    { signal }: CallOptions = {},
  ): Promise<ListPage<ReplyOf<Op>>> {
    const response = await this.#send(operation, input as LooseInput, signal);
    const reply = await replyOf<Op>(response);
    const next = nextQuery(response.headers.get('Link')) ?? nextOf(reply);
    return next ? { reply, next } : { reply };
  }

  /** Calls an operation that takes a file, as the only part of a form. @throws PageError as `call` does */
  async upload<Op extends Operation>(
    operation: Op,
    input: Omit<InputOf<Op>, 'body'>,
    file: File,
  ): Promise<ReplyOf<Op>> {
    const body = new FormData();
    body.append('file', file);
    return replyOf<Op>(await this.#send(operation, { ...(input as LooseInput), body }, undefined));
  }

  /** Forgets the CSRF token: after signing in or out, when the session is another one. */
  forgetSession(): void {
    this.#csrfToken = undefined;
  }

  async #send(operation: Operation, input: LooseInput, signal: AbortSignal | undefined): Promise<Response> {
    try {
      return await this.#request(operation, input, signal);
    } catch (error) {
      throw error instanceof PageError ? this.#leaveOn(error, operation) : error;
    }
  }

  async #request(
    operation: Operation,
    input: LooseInput,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const known = this.#csrfToken !== undefined;
    try {
      return await this.#requestOnce(operation, input, signal);
    } catch (error) {
      // Another tab signed in anew: the token that was read before is no longer this session's.
      if (!known || !isForeignPage(error)) throw error;
      this.forgetSession();
      return this.#requestOnce(operation, input, signal);
    }
  }

  async #requestOnce(
    operation: Operation,
    input: LooseInput,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (operation.access && operation.method !== 'GET') headers['X-CSRF-Token'] = await this.#csrf();
    const isForm = input.body instanceof FormData;
    // The browser names the type of a form itself, with the boundary between its parts.
    if (input.body !== undefined && !isForm) headers['Content-Type'] = 'application/json';
    const response = await answerOf(addressOf(operation, input), {
      method: operation.method,
      headers,
      signal: signal ?? null,
      ...(input.body !== undefined && {
        body: input.body instanceof FormData ? input.body : JSON.stringify(input.body),
      }),
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  #leaveOn(error: PageError, operation: Operation): PageError {
    if (error.message === tokenErrors['token.limit_reached'].message) this.#waysOut.tokenLimit();
    else if (error.status === 401 && operation.access) {
      this.forgetSession();
      this.#waysOut.signIn();
    }
    return error;
  }

  #csrf(): Promise<string> {
    this.#csrfToken ??= this.#readCsrf().catch((error: unknown) => {
      this.#csrfToken = undefined;
      throw error;
    });
    return this.#csrfToken;
  }

  async #readCsrf(): Promise<string> {
    const { csrfToken } = await this.call(getSession, {});
    return csrfToken;
  }
}

function isForeignPage(error: unknown): boolean {
  return error instanceof PageError && error.message === generalErrors['session.foreign_page'].message;
}

async function replyOf<Op extends Operation>(response: Response): Promise<ReplyOf<Op>> {
  return (response.status === 204 ? undefined : await response.json()) as ReplyOf<Op>;
}

async function answerOf(address: string, init: RequestInit): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    return await fetch(address, { ...init, signal, credentials: 'same-origin', redirect: 'error' });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    const message = 'The server did not answer: check the connection and try again.';
    throw new PageError({ status: 0, message }, { cause });
  }
}

/** The query of `<...>; rel="next"`. */
function nextQuery(link: string | null): Record<string, string> | undefined {
  const address = /<([^>]*)>;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (address === undefined) return undefined;
  return Object.fromEntries(new URL(address, window.location.href).searchParams);
}

/** The query of the next page where the reply itself names its cursor. */
function nextOf(reply: unknown): Record<string, string> | undefined {
  const next = typeof reply === 'object' && reply !== null && 'next' in reply ? reply.next : undefined;
  return typeof next === 'string' ? { cursor: next } : undefined;
}
