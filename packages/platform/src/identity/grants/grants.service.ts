import type { Uuid } from '@moothall/core';
import type { Database, Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { hashToken, newTokenText, revokeTokens } from '../tokens/index.ts';
import {
  findGrantByRefreshHash,
  findLiveGrants,
  type GrantsOf,
  insertGrant,
  lockGrantByRefreshHash,
  markGrantsRevoked,
  updateGrant,
} from './grants.store.ts';
import type { GrantTable } from './grants.table.ts';

export type { GrantsOf } from './grants.store.ts';

/** What a person allows an app. */
export type NewGrant = { personId: Uuid; orgId: Uuid; clientId: string; scopes: readonly string[] };

/** A grant that was just opened: the only time its refresh token is known. */
export type OpenedGrant = { grantId: Uuid; refreshToken: string; refreshExpiresAt: Date };

type Cause = { actorId?: string | undefined; appId?: string | undefined; traceId?: string | undefined };

function refreshEnd(world: World): Date {
  return new Date(world.clock.nowMs() + world.limits.get('token.refresh_lifetime') * 1000);
}

/** Opens a grant with its refresh token and emits `grants:created`; access tokens are minted under it. */
export async function openGrant(world: World, tx: Tx, request: NewGrant): Promise<OpenedGrant> {
  const { personId, orgId, clientId, scopes } = request;
  const refreshToken = newTokenText(world.random, orgId);
  const [grantId, refreshExpiresAt] = [world.ids.uuid(), refreshEnd(world)];
  await insertGrant(tx.db, {
    id: grantId,
    person_id: personId,
    org_id: orgId,
    client_id: clientId,
    scopes: [...scopes],
    refresh_hash: hashToken(refreshToken),
    created: world.clock.now(),
    refresh_expires_at: refreshExpiresAt,
    last_refreshed_at: null,
    revoked_at: null,
  });
  const data = { id: grantId, personId, clientId, scopes };
  tx.emit({ orgId, actorId: personId, resource: 'grants', event: 'created', dataId: grantId, data });
  return { grantId, refreshToken, refreshExpiresAt };
}

function isLive(world: World, row: GrantTable): boolean {
  return !row.revoked_at && row.refresh_expires_at.getTime() > world.clock.nowMs();
}

/** The live grant of a refresh token as it is now; whoever changes it asks `lockLiveGrant` again. */
export async function findLiveGrant(world: World, refreshToken: string): Promise<GrantTable | undefined> {
  const row = await findGrantByRefreshHash(world.store.db, hashToken(refreshToken));
  return row && isLive(world, row) ? row : undefined;
}

/**
 * The live grant of a refresh token, locked until the transaction ends: of two refreshes at once the
 * second waits.
 * @returns undefined when it is unknown, expired by the world's clock, or revoked
 */
export async function lockLiveGrant(
  world: World,
  tx: Tx,
  refreshToken: string,
): Promise<GrantTable | undefined> {
  const row = await lockGrantByRefreshHash(tx.db, hashToken(refreshToken));
  return row && isLive(world, row) ? row : undefined;
}

/**
 * Gives a grant its full lifetime again; the refresh token's text stays (documented).
 * @param scopes what is left of the grant's scopes: an app that lost one keeps none of it (F60)
 * @returns its new end
 */
export async function renewGrant(
  world: World,
  tx: Tx,
  grantId: string,
  scopes: readonly string[],
): Promise<Date> {
  const end = refreshEnd(world);
  const change = { scopes: [...scopes], refresh_expires_at: end, last_refreshed_at: world.clock.now() };
  await updateGrant(tx.db, grantId, change);
  return end;
}

async function markRevoked(
  world: World,
  tx: Tx,
  of: GrantsOf,
  cause: Cause & { orgId: Uuid | string },
): Promise<readonly GrantTable[]> {
  const rows = await markGrantsRevoked(tx.db, of, world.clock.now());
  for (const row of rows) {
    const data = { id: row.id, personId: row.person_id, clientId: row.client_id };
    tx.emit({ ...cause, resource: 'grants', event: 'deleted', dataId: row.id, data });
  }
  return rows;
}

/**
 * Revokes grants and every access token under them (F33); emits `grants:deleted` for each.
 * @returns those that were not revoked before
 */
export async function revokeGrants(
  world: World,
  tx: Tx,
  of: GrantsOf,
  cause: Cause & { orgId: Uuid | string },
): Promise<readonly GrantTable[]> {
  const rows = await markRevoked(world, tx, of, cause);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) await revokeTokens(world, tx, { grantIds: ids }, cause);
  // Access tokens outlive a refresh token that was ended alone.
  const { ids: asked, personId } = of;
  const whose = { ...(personId && { personId }), ...(of.orgId && { orgId: of.orgId }) };
  if (asked && ids.length < asked.length) await revokeTokens(world, tx, { grantIds: asked, ...whose }, cause);
  return rows;
}

/**
 * Ends the refresh tokens of grants; access tokens under them stay until they expire or are revoked, each
 * being a session of its own (F21). Emits `grants:deleted` for each.
 */
export async function endRefreshTokens(
  world: World,
  tx: Tx,
  grantIds: readonly string[],
  cause: Cause & { orgId: Uuid | string },
): Promise<void> {
  await markRevoked(world, tx, { ids: grantIds }, cause);
}

/** The live grants that match, newest first. */
export function listGrants(world: World, db: Database, of: GrantsOf): Promise<GrantTable[]> {
  return findLiveGrants(db, of, world.clock.now());
}
