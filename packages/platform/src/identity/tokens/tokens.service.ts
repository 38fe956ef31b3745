import type { Actor } from '@moothall/contract';
import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { findPersonFacts, type PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { hashToken, newTokenText, tokenKey } from './token-text.ts';
import { tokenErrors } from './tokens.errors.ts';
import { countActiveTokens, findToken, insertTokens, lockPeople, type TokenRow } from './tokens.store.ts';
import type { TokenTable } from './tokens.table.ts';

/** What a token is made of. */
export type NewToken = {
  personId: Uuid;
  orgId: Uuid;
  scopes: readonly string[];
  /** OAuth client id of the app; absent for a personal token. */
  appId?: string;
  /** Absent: it does not expire. */
  lifetimeSeconds?: number;
  /** The grant of a refresh token that it is issued under. */
  grantId?: Uuid;
  /** The session of our pages that it stands for, and the site that the session enters with it. */
  sessionId?: Uuid;
  site?: string;
  /** The text itself, for tokens of a world file; made when absent. */
  text?: string;
};

/** A token that was just made: the only time its text is known. */
export type MintedToken = { token: string; tokenId: Uuid; expiresAt: Date | undefined };

function rowOf(world: World, request: NewToken, text: string): TokenTable {
  const created = world.clock.now();
  const { lifetimeSeconds } = request;
  return {
    hash: hashToken(text),
    id: world.ids.uuid(),
    person_id: request.personId,
    app_id: request.appId ?? null,
    scopes: [...request.scopes],
    created,
    expires_at: lifetimeSeconds === undefined ? null : new Date(created.getTime() + lifetimeSeconds * 1000),
    revoked_at: null,
    grant_id: request.grantId ?? null,
    session_id: request.sessionId ?? null,
    site: request.site ?? null,
    last_used: null,
  };
}

async function assertBelowLimit(world: World, tx: Tx, requests: readonly NewToken[]): Promise<void> {
  const limit = world.limits.get('token.active_per_account');
  const personIds = [...new Set(requests.map((request) => request.personId))];
  await lockPeople(tx.db, personIds);
  const counts = await countActiveTokens(tx.db, personIds, world.clock.now());
  for (const { personId } of requests) {
    const count = (counts.get(personId) ?? 0) + 1;
    counts.set(personId, count);
    if (count > limit)
      throw new ApiError(tokenErrors['token.limit_reached'], { parameters: { limit: String(limit) } });
  }
}

/**
 * Makes access tokens, in few statements however many they are.
 * @returns them in the order of the requests
 * @throws ApiError `token.limit_reached` above 750 active tokens of an account (F15)
 */
export async function mintTokens(
  world: World,
  tx: Tx,
  requests: readonly NewToken[],
): Promise<MintedToken[]> {
  await assertBelowLimit(world, tx, requests);
  const texts = requests.map((request) => request.text ?? newTokenText(world.random, request.orgId));
  const rows = requests.map((request, index) => rowOf(world, request, texts[index]!));
  await insertTokens(tx.db, rows);
  return rows.map((row, index) => {
    const { orgId, personId: actorId } = requests[index]!;
    const data = { id: row.id, personId: row.person_id, scopes: row.scopes };
    tx.emit({ orgId, actorId, resource: 'tokens', event: 'created', dataId: row.id, data });
    return { token: texts[index]!, tokenId: row.id as Uuid, expiresAt: row.expires_at ?? undefined };
  });
}

/**
 * Makes an access token.
 * @throws ApiError `token.limit_reached` at 750 active tokens of the account (F15)
 */
export async function mintToken(world: World, tx: Tx, request: NewToken): Promise<MintedToken> {
  return (await mintTokens(world, tx, [request]))[0]!;
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
  const people = world.caches.named<PersonFacts>('person');

  async function load(key: string): Promise<Actor | undefined> {
    const version = tokens.version();
    const row = await findToken(world.store, Buffer.from(key, 'base64'));
    const person = row && (await findPersonFacts(world, row.personId as Uuid));
    if (!row || !person || person.deleted || !person.loginEnabled) return undefined;
    const expiresAtMs = row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const known = { row, person, actor: actorOf(row, person), expiresAtMs };
    tokens.set(key, known, version);
    return world.clock.nowMs() < expiresAtMs ? known.actor : undefined;
  }

  return (token) => {
    const key = tokenKey(token);
    const known = tokens.get(key);
    if (!known || people.get(known.person.id) !== known.person) return load(key);
    return world.clock.nowMs() < known.expiresAtMs ? known.actor : undefined;
  };
}
