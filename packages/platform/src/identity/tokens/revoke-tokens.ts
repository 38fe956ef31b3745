import type { Uuid } from '@moothall/core';
import type { Database, Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { countActiveTokens, findActiveTokens, markRevoked, type TokensOf } from './tokens.store.ts';
import type { TokenTable } from './tokens.table.ts';

export type { TokensOf } from './tokens.store.ts';

/** Tokens that were just revoked; their rows, without anything that could be used. */
export type RevokedTokens = readonly TokenTable[];

/** Who revokes, for the events. */
type Cause = { actorId?: string | undefined; appId?: string | undefined; traceId?: string | undefined };

/**
 * Revokes tokens: from the commit on they are refused with 401 by this process, and by others within a
 * second; their slots of the ledger are free. Emits `tokens:deleted` for each.
 * @returns those that were live or expired, but not revoked before
 */
export async function revokeTokens(
  world: World,
  tx: Tx,
  of: TokensOf,
  cause: Cause & { orgId: Uuid | string },
): Promise<RevokedTokens> {
  const rows = await markRevoked(tx.db, of, world.clock.now());
  for (const row of rows) {
    const data = { id: row.id, personId: row.person_id };
    tx.emit({ ...cause, resource: 'tokens', event: 'deleted', dataId: row.id, data });
  }
  tx.onCommit(() => {
    const known = world.caches.named('token');
    for (const row of rows) known.delete(row.hash.toString('base64'));
    // A session knows which sites it holds a token of.
    if (rows.some((row) => row.session_id !== null)) world.caches.named('session').clear();
  });
  return rows;
}

/** The live tokens that match, newest first; whether they count is no matter of their kind: each does. */
export function listTokens(world: World, db: Database, of: TokensOf): Promise<TokenTable[]> {
  return findActiveTokens(db, of, world.clock.now());
}

/** How many active tokens an account has, of the `token.active_per_account` that it may have (F15). */
export async function countTokens(world: World, db: Database, personId: string): Promise<number> {
  return (await countActiveTokens(db, [personId], world.clock.now())).get(personId) ?? 0;
}
