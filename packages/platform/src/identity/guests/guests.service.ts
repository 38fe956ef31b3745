import { ApiError, type Uuid } from '@moothall/core';
import type { RequestContext } from '@moothall/http';
import type { Tx } from '@moothall/store';
import { nameUuid } from '../../name-uuid.ts';
import {
  addPerson,
  GUEST_DOMAIN,
  lockPerson,
  type PersonCause,
  renamePerson,
} from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { mintToken } from '../tokens/index.ts';
import { checkAssertion, DistrustedAssertion, type GuestAssertion } from './guest-assertion.ts';
import { guestScopes } from './guest-scopes.data.ts';
import { guestErrors } from './guests.errors.ts';
import { findGuestPersonId, insertGuestOnce } from './guests.store.ts';

/** Who a guest is, as whoever vouches for them says. */
export type GuestRequest = {
  orgId: Uuid;
  /** OAuth client id of the app that vouches; absent when an administrator does. */
  clientId?: string | undefined;
  subject: string;
  displayName: string;
};

/** A guest's account with a token: the only time its text is known. */
export type AdmittedGuest = { personId: Uuid; displayName: string; email: string; token: string };

type Account = { id: string; display_name: string; email: string };

async function createAccount(world: World, tx: Tx, id: Uuid, guest: GuestRequest, cause: PersonCause) {
  const { orgId, subject, displayName } = guest;
  // Nobody can guess the address, and so nobody can be invited by it before.
  const email = `${nameUuid(id, subject)}@${GUEST_DOMAIN}`;
  await addPerson(world, tx, { id, orgId, type: 'appuser', email, displayName }, { actorId: id, ...cause });
  return { id, display_name: displayName, email };
}

/** @throws ApiError `guest.disabled` */
async function knownAccount(
  world: World,
  tx: Tx,
  personId: string | undefined,
  { displayName }: GuestRequest,
  cause: PersonCause,
): Promise<Account> {
  const person = personId === undefined ? undefined : await lockPerson(tx.db, personId);
  if (!person?.login_enabled) throw new ApiError(guestErrors['guest.disabled']);
  if (person.display_name === displayName) return person;
  return renamePerson(world, tx, person.id, displayName, { actorId: person.id, ...cause });
}

/** The account of a subject: made, found or renamed; of two requests at once one makes it. */
async function accountOf(world: World, tx: Tx, guest: GuestRequest, cause: PersonCause): Promise<Account> {
  const id = world.ids.uuid();
  const key = { org_id: guest.orgId, issuer: guest.clientId ?? '', subject: guest.subject };
  const isNew = await insertGuestOnce(tx.db, { ...key, person_id: id, created: world.clock.now() });
  if (isNew) return createAccount(world, tx, id, guest, cause);
  return knownAccount(world, tx, await findGuestPersonId(tx.db, key), guest, cause);
}

/**
 * Gives a guest a token; creates the account at the first time, and renames it when the name is another now.
 * Earlier tokens stay valid (documented). There is no limit on the number of guests (F13).
 * @throws ApiError `token.limit_reached` at 750 active tokens of one guest, `guest.disabled`
 */
export function admitGuest(
  world: World,
  guest: GuestRequest,
  lifetimeSeconds: number,
  cause: PersonCause,
): Promise<AdmittedGuest> {
  const { orgId, clientId } = guest;
  const forApp = clientId === undefined ? {} : { appId: clientId };
  return world.store.tx(async (tx) => {
    const account = await accountOf(world, tx, guest, cause);
    const personId = account.id as Uuid;
    const request = { personId, orgId, scopes: guestScopes, lifetimeSeconds, ...forApp };
    const { token } = await mintToken(world, tx, request);
    return { personId, displayName: account.display_name, email: account.email, token };
  });
}

/** The text of a guest's JWT: with `Bearer` or bare, as clients send it. */
function assertionOf(authorization: string | undefined): string {
  return /^(?:bearer\s+)?(\S+)\s*$/i.exec(authorization?.trim() ?? '')?.[1] ?? '';
}

async function believe(
  world: World,
  { headers, trace }: Pick<RequestContext, 'headers' | 'trace'>,
): Promise<GuestAssertion> {
  try {
    return await checkAssertion(world, assertionOf(headers.authorization));
  } catch (error) {
    if (!(error instanceof DistrustedAssertion)) throw error;
    trace.steps.push({ check: 'token', passed: false, detail: `the guest's JWT: ${error.message}` });
    throw new ApiError(guestErrors['guest.refused']);
  }
}

/**
 * Signs a guest in by the JWT of their issuer.
 * @throws ApiError `guest.refused` whatever is wrong with it, `token.limit_reached`
 */
export async function loginGuest(
  world: World,
  request: Pick<RequestContext, 'headers' | 'trace'>,
): Promise<{ token: string; expiresIn: number }> {
  const { issuer, subject, displayName } = await believe(world, request);
  const { orgId, clientId } = issuer;
  const expiresIn = world.limits.get('guest.login_lifetime');
  const cause = { appId: clientId, traceId: request.trace.trackingId };
  try {
    const { token } = await admitGuest(world, { orgId, clientId, subject, displayName }, expiresIn, cause);
    return { token, expiresIn };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'guest.disabled') throw error;
    throw new ApiError(guestErrors['guest.refused'], { cause: error });
  }
}
