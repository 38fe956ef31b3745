import { ApiError } from '@moothall/core';
import type { z } from 'zod';
import type { World } from '../../../world.ts';
import { allowedScopes, type OAuthClient, parseScopes, registeredScopes } from '../clients/client.ts';
import { PKCE_TEXT } from '../codes/pkce.ts';
import { oauthErrors } from '../oauth.errors.ts';
import type { authorizationQuery } from './authorize.contract.ts';
import type { Target } from './target.ts';

/** Parameters of an authorization request as they came. */
export type AuthorizationQuery = z.output<typeof authorizationQuery>;

/** What a request may ask of the sign-in (OpenID Connect, 3.1.2.1). */
export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

/** An authorization request that was found right. */
export type AuthorizationRequest = Target & {
  responseTypes: ReadonlySet<string>;
  scopes: readonly string[];
  state?: string;
  challenge?: string;
  challengeMethod?: 'plain' | 'S256';
  nonce?: string;
  prompts: ReadonlySet<Prompt>;
  maxAgeSeconds?: number;
  /** When the browser came; for `prompt=login`, in milliseconds of the world's clock. */
  requestedAtMs?: number;
  loginHint?: string;
};

type Facts = { world: Pick<World, 'config'>; client: OAuthClient };
type Found = Partial<AuthorizationRequest>;
type Check = (query: AuthorizationQuery, facts: Facts) => Found;

const SHOWN = 5;
const SHOWN_LENGTH = 64;

function invalid(field: string, remedy: string): ApiError {
  return new ApiError(oauthErrors['oauth.invalid_request'], { parameters: { field, remedy } });
}

function invalidScope(reason: string): ApiError {
  return new ApiError(oauthErrors['oauth.scope_invalid'], { parameters: { reason } });
}

/** Response types of each behaviour; an integration of the FAQ gets codes only (F55, F70). */
export const responseTypes: Readonly<Record<World['config']['behaviour'], readonly string[]>> = {
  faq: ['code'],
  cloud: ['code', 'token', 'id_token', 'id_token token'],
};

const checkResponseType: Check = ({ response_type }, { world }) => {
  const supported = responseTypes[world.config.behaviour];
  if (response_type === undefined) throw invalid('response_type', `give one: ${supported.join(', ')}.`);
  const asked = response_type.split(' ').filter(Boolean).sort().join(' ');
  if (supported.includes(asked)) return { responseTypes: new Set(asked.split(' ')) };
  throw new ApiError(oauthErrors['oauth.response_type_unsupported'], {
    parameters: { supported: supported.join(', ') },
  });
};

const checkResponseMode: Check = ({ response_mode, response_type }) => {
  const usual = response_type === 'code' ? 'query' : 'fragment';
  if (response_mode === undefined || response_mode === usual) return {};
  throw invalid('response_mode', `leave it out, or give ${usual}.`);
};

/**
 * The scopes that a request asks for: all registered ones where it names none.
 * @throws ApiError invalid_scope
 */
export function scopesOf(scope: string | undefined, { world, client }: Facts): readonly string[] {
  const asked = parseScopes(scope ?? '');
  const scopes = asked.length > 0 ? asked : registeredScopes(client);
  if (scopes.length === 0) throw invalidScope('the integration has none registered.');
  const allowed = allowedScopes(world, client);
  const unknown = scopes.filter((name) => !allowed.has(name));
  if (unknown.length === 0) return scopes;
  const names = unknown.slice(0, SHOWN).map((name) => name.slice(0, SHOWN_LENGTH));
  const more = unknown.length > SHOWN ? ` and ${unknown.length - SHOWN} more` : '';
  throw invalidScope(`the integration has not registered ${names.join(', ')}${more}.`);
}

const checkScopes: Check = ({ scope }, facts) => ({ scopes: scopesOf(scope, facts) });

const checkChallenge: Check = ({ code_challenge, code_challenge_method }) => {
  if (code_challenge === undefined) {
    if (code_challenge_method === undefined) return {};
    throw invalid('code_challenge', 'it is missing, though code_challenge_method is given.');
  }
  const challengeMethod = code_challenge_method ?? 'plain';
  if (challengeMethod !== 'plain' && challengeMethod !== 'S256')
    throw invalid('code_challenge_method', 'give S256 or plain.');
  if (!PKCE_TEXT.test(code_challenge))
    throw invalid('code_challenge', 'give 43 to 128 letters, digits, dots, dashes, underscores or tildes.');
  return { challenge: code_challenge, challengeMethod };
};

const PROMPTS: ReadonlySet<string> = new Set(['none', 'login', 'consent', 'select_account']);

const checkPrompt: Check = ({ prompt, requested_at }) => {
  const asked = new Set((prompt ?? '').split(' ').filter(Boolean));
  if ([...asked].some((name) => !PROMPTS.has(name)))
    throw invalid('prompt', 'give none, login, consent or select_account.');
  if (asked.has('none') && asked.size > 1) throw invalid('prompt', 'none goes with no other value.');
  const requestedAtMs = /^\d{1,15}$/.test(requested_at ?? '') ? { requestedAtMs: Number(requested_at) } : {};
  return { prompts: asked as ReadonlySet<Prompt>, ...requestedAtMs };
};

const checkMaxAge: Check = ({ max_age }) => {
  if (max_age === undefined) return {};
  if (!/^\d{1,9}$/.test(max_age)) throw invalid('max_age', 'give whole seconds.');
  return { maxAgeSeconds: Number(max_age) };
};

const checkIdToken: Check = ({ nonce, response_type, scope }) => {
  const byRedirect = response_type?.includes('id_token') ?? false;
  if (byRedirect && nonce === undefined) throw invalid('nonce', 'an id_token by redirect needs one.');
  if (byRedirect && !parseScopes(scope ?? '').includes('openid'))
    throw invalidScope('an id_token needs openid.');
  return nonce === undefined ? {} : { nonce };
};

const checkHints: Check = ({ state, login_hint }) => ({
  ...(state !== undefined && { state }),
  ...(login_hint !== undefined && { loginHint: login_hint }),
});

/** Everything that a request is asked for, in the order in which an app is told what is wrong. */
const checks: readonly Check[] = [
  checkResponseType,
  checkResponseMode,
  checkScopes,
  checkChallenge,
  checkPrompt,
  checkMaxAge,
  checkIdToken,
  checkHints,
];

/**
 * Checks an authorization request whose target is settled.
 * @throws ApiError that is told to the app by redirect
 */
export function checkRequest(
  world: Pick<World, 'config'>,
  target: Target,
  query: AuthorizationQuery,
): AuthorizationRequest {
  const facts = { world, client: target.client };
  const found = checks.map((check) => check(query, facts));
  return Object.assign({}, target, ...found) as AuthorizationRequest;
}
