import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import {
  canonicalEmail,
  clearGuess,
  countGuess,
  hashPassword,
  isOutdated,
  matchesPassword,
} from '../passwords/index.ts';
import { endSessionOf, type StartedSession, startSession } from '../sessions/index.ts';
import { signInLinkErrors, takeSignInLink } from '../sign-in-links/index.ts';
import { signInErrors } from './sign-in.errors.ts';
import { type Credentials, findCredentials, lockCredentials, updateSignedIn } from './sign-in.store.ts';

/** A browser at the door. */
export type Visitor = {
  userAgent?: string | undefined;
  remoteAddress: string;
  /** Cookie of the session that it has so far; that one ends. */
  cookie?: string | undefined;
  traceId: string;
};

/** Somebody who just signed in. */
export type Admitted = StartedSession & { personId: Uuid; orgId: Uuid };

async function endFormerSession(world: World, tx: Tx, { cookie, traceId }: Visitor): Promise<void> {
  if (cookie !== undefined) await endSessionOf(world, tx, cookie, { traceId });
}

/**
 * Lets somebody in whose right was proven: a new session, never one that the browser brought (no fixation).
 * Who was only invited is active from now on.
 * @param person as their locked row has them
 */
async function admitPerson(
  world: World,
  tx: Tx,
  person: Credentials,
  visitor: Visitor,
  { passwordHash, setsPassword = false }: { passwordHash?: string | undefined; setsPassword?: boolean } = {},
): Promise<Admitted> {
  const { traceId, userAgent, remoteAddress: ip } = visitor;
  const [personId, orgId] = [person.personId as Uuid, person.orgId as Uuid];
  await endFormerSession(world, tx, visitor);
  await updateSignedIn(tx.db, personId, { now: world.clock.now(), passwordHash });
  if (person.invitePending) {
    const data = { id: personId, type: 'person', email: person.email };
    tx.emit({
      orgId,
      actorId: personId,
      traceId,
      resource: 'people',
      event: 'updated',
      dataId: personId,
      data,
    });
  }
  const started = await startSession(
    world,
    tx,
    { personId, orgId, userAgent, ip, setsPassword },
    { traceId },
  );
  return { ...started, personId, orgId };
}

/**
 * Signs in with a password. An unknown address, a wrong password and an account that may not sign in are
 * answered alike, in like time.
 * @throws ApiError 401 `sign_in.refused`, 429 `sign_in.throttled`, 503 `sign_in.busy`
 */
export async function signInWithPassword(
  world: World,
  { email, password }: { email: string; password: string },
  visitor: Visitor,
): Promise<Admitted> {
  const guess = { email, remoteAddress: visitor.remoteAddress };
  await countGuess(world, guess);
  const known = await findCredentials(world.store.db, canonicalEmail(email));
  if (!(await matchesPassword(world, known?.passwordHash, password)))
    throw new ApiError(signInErrors['sign_in.refused']);
  const outdated = isOutdated(world, known!.passwordHash!);
  const renewed = outdated ? await hashPassword(world, password) : undefined;
  const admitted = await world.store.tx(async (tx) => {
    const person = await lockCredentials(tx.db, known!.personId);
    // The password was changed, or the person deactivated, while it was compared.
    if (person?.passwordHash !== known!.passwordHash) throw new ApiError(signInErrors['sign_in.refused']);
    return admitPerson(world, tx, person, visitor, { passwordHash: renewed });
  });
  await clearGuess(world, guess);
  return admitted;
}

/**
 * Signs in with a link. One that was mailed lets its person choose a password without the one before.
 * @throws ApiError 410 `sign_in_link.invalid`
 */
export function signInWithLink(world: World, token: string, visitor: Visitor): Promise<Admitted> {
  return world.store.tx(async (tx) => {
    const link = await takeSignInLink(world, tx, token, visitor);
    const person = await lockCredentials(tx.db, link.personId);
    if (!person) throw new ApiError(signInLinkErrors['sign_in_link.invalid']);
    return admitPerson(world, tx, person, visitor, { setsPassword: link.purpose !== 'lab' });
  });
}

/** Ends the session of a cookie; nothing happens where it is none. */
export function signOutVisitor(world: World, visitor: Visitor): Promise<void> {
  return world.store.tx((tx) => endFormerSession(world, tx, visitor));
}
