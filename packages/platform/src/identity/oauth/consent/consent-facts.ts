import type { Actor } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import type { Action } from '../../../authorize.ts';
import type { World } from '../../../world.ts';
import { listGrants } from '../../grants/index.ts';
import type { AuthorizationRequest } from '../authorize/request-checks.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { type Barrier, findBarrier } from './barriers.ts';
import { scopeCatalogue } from './scopes.ts';

/** What a person is asked to agree to, and what is asked of their sign-in. */
export type AskedConsent = Pick<AuthorizationRequest, 'client' | 'scopes'> &
  Partial<Pick<AuthorizationRequest, 'prompts' | 'maxAgeSeconds' | 'requestedAtMs'>>;

/** What a decision turns on. */
export type ConsentFacts = { asked: AskedConsent; barrier: Barrier | undefined; mustSignIn: boolean };

/** A scope of administrators that somebody's roles do not cover, with the roles of which one would. */
export type LackingRole = { scope: string; roles: readonly string[] };

/** Scopes of a request that the caller has no role for; such a token could do nothing with them. */
export function lackingRoles({ roles }: Pick<Actor, 'roles'>, scopes: readonly string[]): LackingRole[] {
  return scopes.flatMap((scope) => {
    const needed = scopeCatalogue.get(scope)?.roles ?? [];
    return needed.length === 0 || needed.some((role) => roles.has(role)) ? [] : [{ scope, roles: needed }];
  });
}

/** A person decides for themselves; nobody can for a bot or a guest. */
export const decideAction: Action<ConsentFacts> = {
  name: 'oauth.decide',
  relations: { user: ({ type }) => (type === 'person' ? undefined : 'only people authorise integrations') },
  unrelated: generalErrors['auth.forbidden'],
};

/** To agree takes more than to decline. */
export const approveAction: Action<ConsentFacts> = {
  ...decideAction,
  name: 'oauth.approve',
  policies: [
    {
      name: 'no integrations in government organisations',
      appliesTo: ['user'],
      refuses: (_actor, { barrier }) => (barrier === 'gov' ? 'the organisation has profile gov' : undefined),
      error: oauthErrors['oauth.gov'],
    },
    {
      name: 'integrations that administrators allow',
      appliesTo: ['user'],
      refuses: (_actor, { barrier }) => (barrier === 'blocked' ? 'an administrator blocked it' : undefined),
      error: oauthErrors['oauth.blocked'],
    },
    {
      name: 'scopes of administrators need their role',
      appliesTo: ['user'],
      refuses(actor, { asked }) {
        const [first] = lackingRoles(actor, asked.scopes);
        return first && `${first.scope} needs one of the roles ${first.roles.join(', ')}`;
      },
      error: oauthErrors['oauth.role_missing'],
    },
    {
      name: 'signed in as recently as the request asks',
      appliesTo: ['user'],
      refuses: (_actor, { mustSignIn }) => (mustSignIn ? 'the sign-in is too old' : undefined),
      error: oauthErrors['oauth.sign_in_again'],
    },
  ],
};

/** Whether a request asks for a sign-in that is younger than the caller's (`prompt=login`, `max_age`). */
function asksForNewSignIn(world: Pick<World, 'clock'>, asked: AskedConsent, authTime: Date): boolean {
  const { prompts, maxAgeSeconds, requestedAtMs } = asked;
  const ageSeconds = (world.clock.nowMs() - authTime.getTime()) / 1000;
  if (maxAgeSeconds !== undefined && ageSeconds > maxAgeSeconds) return true;
  return prompts?.has('login') === true && authTime.getTime() < (requestedAtMs ?? Number.POSITIVE_INFINITY);
}

/**
 * Gathers what a decision turns on.
 * @param authTime when the person signed in
 */
export async function consentFacts(
  world: World,
  asked: AskedConsent,
  actor: Actor,
  authTime: Date,
): Promise<ConsentFacts> {
  const barrier = await findBarrier(world, asked.client, { id: actor.personId, orgId: actor.orgId });
  return { asked, barrier, mustSignIn: asksForNewSignIn(world, asked, authTime) };
}

/** Scopes of the last consent that somebody gave a client and that lives; undefined when there is none. */
export async function lastConsent(
  world: World,
  actor: Pick<Actor, 'personId'>,
  clientId: string,
): Promise<ReadonlySet<string> | undefined> {
  const [last] = await listGrants(world, world.store.db, { personId: actor.personId, clientId });
  return last && new Set(last.scopes);
}
