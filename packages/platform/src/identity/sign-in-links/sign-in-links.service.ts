import { createHash } from 'node:crypto';
import { ApiError, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { signInLinkErrors } from './sign-in-links.errors.ts';
import { insertLinks, lockLiveLink, markAllUsed, markUsed } from './sign-in-links.store.ts';
import type { SignInPurpose } from './sign-in-links.table.ts';

/** Whom a link signs in, and what for. */
export type NewSignInLink = { personId: Uuid; orgId: Uuid; purpose: SignInPurpose };

/** A link that was just made: the only time its token is known. */
export type MadeSignInLink = { token: string; expiresAt: Date | undefined };

/** Whom a link signed in. */
export type UsedSignInLink = { personId: Uuid; orgId: Uuid; purpose: SignInPurpose };

type Cause = { actorId?: string | undefined; appId?: string | undefined; traceId?: string | undefined };

const TOKEN_BYTES = 32;

function hashOf(token: string): Buffer {
  return createHash('sha256').update(`sign-in link ${token}`).digest();
}

/** The address that a link's token is opened at; the page takes it from there and asks before it is used up. */
export function signInUrl(baseUrl: string, token: string): string {
  return `${baseUrl}/account/sign-in?link=${token}`;
}

/**
 * Makes links that sign in once, within `sign_in_link.lifetime`; those of the lab do so for good. Emits
 * `sign_in_links:created` for each.
 * @returns them in the order of the requests
 * @throws Error for a link of the lab in production
 */
export async function createSignInLinks(
  world: World,
  tx: Tx,
  requests: readonly NewSignInLink[],
  cause: Cause = {},
): Promise<MadeSignInLink[]> {
  if (requests.length === 0) return [];
  const created = world.clock.now();
  const lifetimeMs = world.limits.get('sign_in_link.lifetime') * 1000;
  const made = requests.map((request) => {
    const isLab = request.purpose === 'lab';
    if (isLab && world.config.mode !== 'lab') throw new Error('links that last are made in the lab only');
    const token = Buffer.from(world.random(TOKEN_BYTES)).toString('base64url');
    const expiresAt = isLab ? undefined : new Date(created.getTime() + lifetimeMs);
    return { id: world.ids.uuid(), token, expiresAt, ...request };
  });
  const rows = made.map(({ id, token, expiresAt, personId, orgId, purpose }) => ({
    id,
    hash: hashOf(token),
    person_id: personId,
    org_id: orgId,
    purpose,
    created,
    expires_at: expiresAt ?? null,
    used_at: null,
  }));
  await insertLinks(tx.db, rows);
  for (const { id, personId, orgId, purpose } of made) {
    const data = { id, personId, purpose };
    tx.emit({ ...cause, orgId, resource: 'sign_in_links', event: 'created', dataId: id, data });
  }
  return made.map(({ token, expiresAt }) => ({ token, expiresAt }));
}

/** Makes one link that signs in once. */
export async function createSignInLink(
  world: World,
  tx: Tx,
  request: NewSignInLink,
  cause: Cause = {},
): Promise<MadeSignInLink> {
  return (await createSignInLinks(world, tx, [request], cause))[0]!;
}

/**
 * Uses a link up; of two at once the second is refused. One of the lab stays, and works in the lab only.
 * @throws ApiError 410 `sign_in_link.invalid`, the same for every cause
 */
export async function takeSignInLink(
  world: World,
  tx: Tx,
  token: string,
  { traceId }: Cause = {},
): Promise<UsedSignInLink> {
  const now = world.clock.now();
  const link = await lockLiveLink(tx.db, hashOf(token), now);
  const isLab = link?.purpose === 'lab';
  if (!link || (isLab && world.config.mode !== 'lab'))
    throw new ApiError(signInLinkErrors['sign_in_link.invalid']);
  const [personId, orgId] = [link.person_id as Uuid, link.org_id as Uuid];
  if (!isLab) {
    await markUsed(tx.db, link.id, now);
    const data = { id: link.id, personId, purpose: link.purpose };
    const told = { orgId, actorId: personId, traceId, dataId: link.id, data };
    tx.emit({ ...told, resource: 'sign_in_links', event: 'deleted' });
  }
  return { personId, orgId, purpose: link.purpose };
}

/** Makes every link of a person void that works once: after a new password none may undo it. */
export async function voidSignInLinks(
  world: World,
  tx: Tx,
  personId: Uuid,
  cause: Cause & { orgId: Uuid | string },
): Promise<void> {
  for (const id of await markAllUsed(tx.db, personId, world.clock.now())) {
    const data = { id, personId };
    tx.emit({ ...cause, resource: 'sign_in_links', event: 'deleted', dataId: id, data });
  }
}
