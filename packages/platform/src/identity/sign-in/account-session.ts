import type { Actor, RoleName } from '@moothall/contract';
import { ApiError, encodeWireId, generalErrors } from '@moothall/core';
import type { z } from 'zod';
import { type Action, authorize, type Decider, type Refusal } from '../../authorize.ts';
import type { World } from '../../world.ts';
import { csrfTokenOf, enterSite, maySetPassword } from '../sessions/index.ts';
import { listTokens } from '../tokens/index.ts';
import type { accountSession } from './sign-in.contract.ts';
import { signInErrors } from './sign-in.errors.ts';
import { findSignedIn } from './sign-in.store.ts';

const ADMINISTRATORS: ReadonlySet<RoleName> = new Set([
  'full_admin',
  'readonly_admin',
  'user_admin',
  'device_admin',
  'site_admin',
  'support_admin',
]);

function isAdministrator(roles: Iterable<RoleName>): boolean {
  return [...roles].some((role) => ADMINISTRATORS.has(role));
}

const ownPages = (actor: Actor, { personId }: { personId: string }): Refusal =>
  actor.personId === personId ? undefined : 'the session is of somebody else';

const enter: Action<{ personId: string; site: string }> = {
  name: 'session.enterSite',
  relations: { user: ownPages },
  unrelated: generalErrors['session.required'],
  policies: [
    {
      name: 'the hub is for administrators',
      appliesTo: ['user'],
      refuses: (actor, { site }) =>
        site !== 'hub' || isAdministrator(actor.roles) ? undefined : 'the person has no administrator role',
      error: signInErrors['sign_in.not_an_administrator'],
    },
  ],
};

/**
 * Enters a site in the session of a request.
 * @throws ApiError `token.limit_reached` (F17), `sign_in.not_an_administrator`
 */
export async function enterOwnSite(world: World, decider: Decider, site: 'portal' | 'hub'): Promise<void> {
  const { personId, orgId, tokenId } = decider.actor;
  authorize(decider, enter, { personId, site });
  const session = { sessionId: decider.actor.sessionId ?? tokenId, personId, orgId };
  await world.store.tx((tx) => enterSite(world, tx, session, site));
}

/** What pages show of the deployment. */
export function presentDeployment({ config: { mode, behaviour, supportContact } }: World) {
  return { mode, behaviour, supportContact };
}

/**
 * Who is signed in, for pages.
 * @param cookie of the session, whose CSRF token goes along
 * @throws ApiError 401 when the person was deleted meanwhile
 */
export async function showAccountSession(
  world: World,
  { personId, sessionId }: { personId: string; sessionId: string },
  cookie: string,
): Promise<z.input<typeof accountSession>> {
  const { db } = world.store;
  const [row, tokens, isFree] = await Promise.all([
    findSignedIn(db, personId),
    listTokens(world, db, { sessionIds: [sessionId] }),
    maySetPassword(db, sessionId, world.clock.now()),
  ]);
  if (!row) throw new ApiError(generalErrors['session.required']);
  const { avatar, orgId, hasPassword, ...shown } = row;
  const entered = new Set(tokens.map(({ site }) => site));
  return {
    csrfToken: csrfTokenOf(cookie),
    sessionId,
    person: {
      id: encodeWireId('PEOPLE', personId),
      orgId: encodeWireId('ORGANIZATION', orgId),
      ...shown,
      ...(avatar && { avatar }),
    },
    sites: (['portal', 'hub'] as const).filter((site) => entered.has(site)),
    mayEnterHub: isAdministrator(row.roles),
    hasPassword,
    asksForPassword: hasPassword && !isFree,
    ...presentDeployment(world),
  };
}
