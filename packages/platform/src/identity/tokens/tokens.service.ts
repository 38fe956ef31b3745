import type { Actor } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { findPersonFacts, type PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { hashToken, newTokenText } from './token-text.ts';
import { tokenErrors } from './tokens.errors.ts';
import { countActiveTokens, findToken, insertToken, lockPerson, type TokenRow } from './tokens.store.ts';

/** What a token is made of. */
export type NewToken = {
  personId: Uuid;
  orgId: Uuid;
  scopes: readonly string[];
  /** OAuth client id of the app; absent for a personal token. */
  appId?: string;
  /** Absent: it does not expire. */
  lifetimeSeconds?: number;
  /** The text itself, for tokens of a world file; made when absent. */
  text?: string;
};

/** A token that was just made: the only time its text is known. */
export type MintedToken = { token: string; tokenId: Uuid; expiresAt: Date | undefined };

/**
 * Makes an access token.
 * @throws ApiError `token.limit_reached` at 750 active tokens of the account (F15)
 */
export async function mintToken(world: World, tx: Tx, request: NewToken): Promise<MintedToken> {
  const limit = world.limits.get('token.active_per_account');
  await lockPerson(tx.db, request.personId);
  if ((await countActiveTokens(tx.db, request.personId, world.clock.now())) >= limit) {
    throw new ApiError(tokenErrors['token.limit_reached'], { parameters: { limit: String(limit) } });
  }
  const token = request.text ?? newTokenText(world.random, request.orgId);
  const tokenId = world.ids.uuid();
  const created = world.clock.now();
  const expiresAt =
    request.lifetimeSeconds === undefined
      ? undefined
      : new Date(created.getTime() + request.lifetimeSeconds * 1000);
  await insertToken(tx.db, {
    hash: hashToken(token),
    id: tokenId,
    person_id: request.personId,
    app_id: request.appId ?? null,
    scopes: [...request.scopes],
    created,
    expires_at: expiresAt ?? null,
    revoked_at: null,
  });
  const data = { id: tokenId, personId: request.personId, scopes: [...request.scopes] };
  tx.emit({
    orgId: request.orgId,
    actorId: request.personId,
    resource: 'tokens',
    event: 'created',
    dataId: tokenId,
    data,
  });
  return { token, tokenId, expiresAt };
}

type Known = { row: TokenRow; person: PersonFacts; actor: Actor; expiresAtMs: number };

function actorOf(row: TokenRow, person: PersonFacts): Actor {
  return {
    personId: person.id,
    orgId: person.orgId,
    type: person.type,
    email: person.email,
    displayName: person.displayName,
    roles: person.roles,
    licenses: person.licenses,
    scopes: new Set(row.scopes),
    tokenId: row.tokenId as Uuid,
    ...(row.appId !== null && { appId: row.appId }),
  };
}

/**
 * Finds the caller behind a token. Both parts are cached: the token until it is revoked, the
 * person until they change; expiry is judged at each call.
 */
export function createAuthenticator(
  world: World,
): (token: string) => Actor | undefined | Promise<Actor | undefined> {
  const tokens = world.caches.named<Known>('token');

  async function load(key: string, hash: Buffer): Promise<Actor | undefined> {
    const version = tokens.version();
    const row = await findToken(world.store, hash);
    const person = row && (await findPersonFacts(world, row.personId as Uuid));
    if (!row || !person || person.deleted || !person.loginEnabled) return undefined;
    const expiresAtMs = row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const known = { row, person, actor: actorOf(row, person), expiresAtMs };
    tokens.set(key, known, version);
    return world.clock.nowMs() < expiresAtMs ? known.actor : undefined;
  }

  return (token) => {
    const hash = hashToken(token);
    const key = hash.toString('base64');
    const known = tokens.get(key);
    if (!known || world.caches.named<PersonFacts>('person').get(known.person.id) !== known.person)
      return load(key, hash);
    return world.clock.nowMs() < known.expiresAtMs ? known.actor : undefined;
  };
}
