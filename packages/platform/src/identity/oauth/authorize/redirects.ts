import type { ApiError } from '@moothall/core';
import { RawReply } from '@moothall/http';
import type { World } from '../../../world.ts';
import type { AuthorizationQuery } from './request-checks.ts';
import type { Target } from './target.ts';

/** Parameters of an answer to an app. */
export type Answer = Record<string, string>;

/** Code and errors of `code` go into the query, everything that holds tokens into the fragment (documented). */
export type AnswerMode = 'query' | 'fragment';

/** Headers take ASCII only. */
function asciiOnly(uri: string): string {
  return /^[\x21-\x7e]*$/.test(uri) ? uri : new URL(uri).href;
}

/** The redirect URI with an answer, otherwise as it was registered. */
export function answerUrl(redirectUri: string, answer: Answer, mode: AnswerMode = 'query'): string {
  const uri = asciiOnly(redirectUri);
  const separator = mode === 'fragment' ? '#' : uri.includes('?') ? '&' : '?';
  return `${uri}${separator}${new URLSearchParams(answer)}`;
}

/** How a request wants to be answered, even one that is wrong otherwise. */
function modeOf({ config }: Pick<World, 'config'>, query: AuthorizationQuery): AnswerMode {
  const wantsTokens = /(^|\s)(id_)?token(\s|$)/.test(query.response_type ?? '');
  return config.behaviour === 'cloud' && wantsTokens ? 'fragment' : 'query';
}

/** `state` comes back as it was sent. */
export function withState(answer: Answer, state: string | undefined): Answer {
  return state === undefined ? answer : { ...answer, state };
}

/** What an app is told of a refusal. */
export function errorUrl(
  world: Pick<World, 'config'>,
  { redirectUri }: Target,
  query: AuthorizationQuery,
  error: Pick<ApiError, 'oauthError' | 'descriptions'>,
): string {
  const answer = {
    error: error.oauthError ?? 'invalid_request',
    error_description: error.descriptions.join(' '),
  };
  return answerUrl(redirectUri, withState(answer, query.state), modeOf(world, query));
}

/** Sends a browser elsewhere; nobody keeps the address, and the next site does not learn this one's. */
export function redirectTo(url: string): RawReply {
  return new RawReply(302, {
    Location: url,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  });
}
