import { createHash } from 'node:crypto';
import type { Actor, Site } from '@moothall/contract';
import { ApiError, generalErrors, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { findPersonFacts, type PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { hashToken, listTokens, mintToken, revokeTokens, tokenKey } from '../tokens/index.ts';
import {
  findLiveSession,
  findSession,
  insertSession,
  lockLiveSession,
  markSessionsEnded,
  type SessionRow,
} from './sessions.store.ts';

/** Who signed in, and from where. */
export type NewSession = {
  personId: Uuid;
  orgId: Uuid;
  userAgent?: string | undefined;
  ip?: string | undefined;
  /** It may set a password without the one before, for `session.new_password_within`. */
  setsPassword?: boolean;
};

/** A session that was just started: the only time its cookie is known. */
export type StartedSession = { sessionId: Uuid; cookie: string; expiresAt: Date };

type Cause = { traceId?: string | undefined };

const COOKIE_BYTES = 32;
const USER_AGENT_KEPT = 512;

/** The value that a page of the session must send with each change; derived from the cookie, so nothing is stored. */
export function csrfTokenOf(cookie: string): string {
  return createHash('sha256').update(`csrf ${cookie}`).digest('base64url');
}

/** Starts a session of our pages and emits `sessions:created`. It takes no slot of the token ledger by itself (F21). */
export async function startSession(
  world: World,
  tx: Tx,
  request: NewSession,
  { traceId }: Cause = {},
): Promise<StartedSession> {
  const { personId, orgId, userAgent, ip, setsPassword } = request;
  const cookie = Buffer.from(world.random(COOKIE_BYTES)).toString('base64url');
  const now = world.clock.now();
  const [id, expiresAt] = [
    world.ids.uuid(),
    new Date(now.getTime() + world.limits.get('session.lifetime') * 1000),
  ];
  await insertSession(tx.db, {
    id,
    hash: hashToken(cookie),
    person_id: personId,
    org_id: orgId,
    created: now,
    last_used: now,
    expires_at: expiresAt,
    revoked_at: null,
    user_agent: userAgent?.slice(0, USER_AGENT_KEPT) ?? null,
    ip: ip ?? null,
    sets_password_until: setsPassword
      ? new Date(now.getTime() + world.limits.get('session.new_password_within') * 1000)
      : null,
  });
  const data = { id, personId };
  tx.emit({ orgId, actorId: personId, traceId, resource: 'sessions', event: 'created', dataId: id, data });
  return { sessionId: id, cookie, expiresAt };
}

/**
 * Enters a site of ours in a session; that takes one slot of the token ledger, until the session ends.
 * Entering it again takes none, also when both come at once.
 * @throws ApiError `token.limit_reached` at 750 active tokens of the account (F17), `session.required`
 *   when the session has ended
 */
export async function enterSite(
  world: World,
  tx: Tx,
  session: { sessionId: Uuid; personId: Uuid; orgId: Uuid },
  site: Exclude<Site, 'account'>,
): Promise<void> {
  const { sessionId, personId, orgId } = session;
  const live = await lockLiveSession(tx.db, session, world.clock.now());
  if (!live) throw new ApiError(generalErrors['session.required']);
  const held = await listTokens(world, tx.db, { sessionIds: [sessionId], site });
  if (held.length > 0) return;
  // No longer than the session: a slot is not held for what nobody can use.
  const lifetimeSeconds = (live.expiresAt.getTime() - world.clock.nowMs()) / 1000;
  await mintToken(world, tx, { personId, orgId, scopes: [], sessionId, site, lifetimeSeconds });
  tx.onCommit(() => world.caches.named('session').clear());
}

/**
 * Ends sessions of a person, with the tokens that they hold; from the commit on their cookies are refused.
 * Emits `sessions:deleted` for each.
 * @returns how many were live
 */
export async function endSessions(
  world: World,
  tx: Tx,
  personId: Uuid,
  sessionIds: readonly string[],
  cause: { orgId: Uuid; actorId?: string | undefined; traceId?: string | undefined },
): Promise<number> {
  const ended = await markSessionsEnded(tx.db, personId, sessionIds, world.clock.now());
  for (const row of ended) {
    const data = { id: row.id, personId };
    tx.emit({ ...cause, resource: 'sessions', event: 'deleted', dataId: row.id, data });
  }
  if (ended.length > 0) await revokeTokens(world, tx, { sessionIds: ended.map((row) => row.id) }, cause);
  tx.onCommit(() => {
    for (const row of ended) world.caches.named('session').delete(row.hash.toString('base64'));
  });
  return ended.length;
}

/** Ends the session of a cookie, as `endSessions` does; nothing happens where it is none. */
export async function endSessionOf(world: World, tx: Tx, cookie: string, { traceId }: Cause): Promise<void> {
  const session = await findLiveSession(tx.db, hashToken(cookie), world.clock.now());
  if (!session) return;
  const [personId, orgId] = [session.person_id as Uuid, session.org_id as Uuid];
  await endSessions(world, tx, personId, [session.id], { orgId, actorId: personId, traceId });
}

type Known = { row: SessionRow; person: PersonFacts; actor: Actor };

function actorOf(row: SessionRow, person: PersonFacts): Actor {
  return {
    personId: person.id,
    orgId: person.orgId,
    type: person.type,
    email: person.email,
    displayName: person.displayName,
    roles: person.roles,
    licenses: person.licenses,
    scopes: new Set(),
    tokenId: row.sessionId as Uuid,
    sessionId: row.sessionId as Uuid,
  };
}

/**
 * Finds who is signed in by a cookie at a site. Both parts are cached as those of tokens are.
 * @returns a function whose answer is undefined without a live session; it throws `session.site_not_entered`
 *   at a site that the session has not entered
 */
export function createSessionAuthenticator(world: World) {
  const sessions = world.caches.named<Known>('session');
  const people = world.caches.named<PersonFacts>('person');

  async function load(key: string): Promise<Known | undefined> {
    const version = sessions.version();
    const row = await findSession(world.store, Buffer.from(key, 'base64'));
    const person = row && (await findPersonFacts(world, row.personId as Uuid));
    if (!row || !person || person.deleted || !person.loginEnabled) return undefined;
    const known = { row, person, actor: actorOf(row, person) };
    sessions.set(key, known, version);
    return known;
  }

  return async (cookie: string, site: Site): Promise<Actor | undefined> => {
    const key = tokenKey(cookie);
    let known = sessions.get(key);
    if (!known || people.get(known.person.id) !== known.person) known = await load(key);
    if (!known || world.clock.nowMs() >= known.row.expiresAt.getTime()) return undefined;
    if (site !== 'account' && !known.row.sites.includes(site))
      throw new ApiError(generalErrors['session.site_not_entered'], { parameters: { site } });
    return known.actor;
  };
}
