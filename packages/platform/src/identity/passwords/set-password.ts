import { ApiError, generalErrors, type Uuid } from '@moothall/core';
import type { RequestContext } from '@moothall/http';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { endPasswordRight, endSessions, findLiveSessions, maySetPassword } from '../sessions/index.ts';
import { voidSignInLinks } from '../sign-in-links/index.ts';
import { hashPassword, matchesPassword } from './hashing.ts';
import { assertGoodPassword } from './password-rules.ts';
import { passwordErrors } from './passwords.errors.ts';
import { findPasswordRow, type PasswordRow, replaceHash } from './passwords.store.ts';
import { clearGuess, countGuess } from './tries.ts';

/** What somebody wants for a password. */
export type PasswordChange = { currentPassword?: string | undefined; newPassword: string };

type Caller = Pick<RequestContext, 'actor' | 'trace' | 'remoteAddress'>;

/** @throws ApiError `password.current_wrong`, `sign_in.throttled` */
async function proveCurrent(
  world: World,
  { actor, remoteAddress }: Caller,
  row: PasswordRow,
  current: string | undefined,
): Promise<void> {
  const { db } = world.store;
  if (row.passwordHash === null) return;
  if (await maySetPassword(db, actor.sessionId ?? '', world.clock.now())) return;
  // Whoever finds a page open must not guess here without end.
  const guess = { email: row.email, remoteAddress };
  await countGuess(world, guess);
  const isRight = current !== undefined && (await matchesPassword(world, row.passwordHash, current));
  if (!isRight) throw new ApiError(passwordErrors['password.current_wrong']);
  await clearGuess(world, guess);
}

async function endOtherSessions(world: World, tx: Tx, { actor, trace }: Caller): Promise<void> {
  const { personId, orgId, sessionId } = actor;
  const live = await findLiveSessions(tx.db, personId, world.clock.now());
  const others = live.map(({ id }) => id).filter((id) => id !== sessionId);
  await endSessions(world, tx, personId, others, { orgId, actorId: personId, traceId: trace.trackingId });
}

/**
 * Sets the caller's password. Every other session of theirs ends, and links that were mailed are void; what
 * they allowed apps stays, since that never came by the password.
 * @throws ApiError `password.current_wrong`, `password.too_short`, `password.too_easy`, `sign_in.throttled`,
 *   `sign_in.busy`
 */
export async function setOwnPassword(world: World, caller: Caller, change: PasswordChange): Promise<void> {
  const { personId, orgId, sessionId } = caller.actor;
  const row = await findPasswordRow(world.store.db, personId);
  if (!row || !sessionId) throw new ApiError(generalErrors['session.required']);
  await proveCurrent(world, caller, row, change.currentPassword);
  assertGoodPassword(world, change.newPassword, row);
  const after = await hashPassword(world, change.newPassword);
  await world.store.tx(async (tx) => {
    if (!(await replaceHash(tx.db, personId, row.passwordHash, after)))
      throw new ApiError(passwordErrors['password.current_wrong']);
    const cause = { orgId, actorId: personId, traceId: caller.trace.trackingId };
    const data = { personId: personId as Uuid };
    tx.emit({ ...cause, resource: 'passwords', event: 'updated', dataId: personId, data });
    await endPasswordRight(tx.db, sessionId);
    await voidSignInLinks(world, tx, personId, cause);
    await endOtherSessions(world, tx, caller);
  });
}
