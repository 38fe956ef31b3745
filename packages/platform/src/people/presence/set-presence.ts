import { ApiError, generalErrors, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { type Action, authorize, type Decider } from '../../authorize.ts';
import type { World } from '../../world.ts';
import {
  lockPerson,
  type PersonCause,
  type PersonRow,
  type Presence,
  presenceAt,
  type SetPresence,
  setPresenceSharing,
  showsPresence,
  updatePersonRow,
} from '../people/index.ts';
import { EXPIRY_QUEUE } from './expiry-queue.ts';
import { presenceErrors } from './presence.errors.ts';

/** What a person says of their presence. */
export type PresenceRequest = {
  status: SetPresence['status'];
  label?: string | undefined;
  /** How long it holds: 0 ends it, -1 and nothing: until they say something else; `presence.lifetime` at most. */
  ttlSeconds?: number | undefined;
};

const change: Action<{ personId: string | undefined }> = {
  name: 'presence.change',
  relations: {
    user: (actor, { personId }) =>
      personId === actor.personId ? undefined : 'it is the presence of somebody else',
  },
  unrelated: presenceErrors['presence.not_own'],
};

/** Appends `presence:updated` with what others may see now: nothing, where the person does not share theirs. */
export function emitPresence(
  world: World,
  tx: Tx,
  row: PersonRow,
  seenMs: number | undefined,
  cause: PersonCause = {},
): void {
  const shown: Pick<Presence, 'status'> = showsPresence(row)
    ? presenceAt(world, row, seenMs)
    : { status: 'unknown' };
  const data = { personId: row.id, ...shown };
  tx.emit({ ...cause, orgId: row.org_id, resource: 'presence', event: 'updated', dataId: row.id, data });
}

function heldUntil(world: World, now: Date, ttlSeconds: number): string | undefined {
  if (ttlSeconds < 0) return undefined;
  const seconds = Math.min(ttlSeconds, world.limits.get('presence.lifetime'));
  return new Date(now.getTime() + seconds * 1000).toISOString();
}

/** "Active" without an end would hold for people who left: it only ends what was said before (decided). */
function isEnd({ status, ttlSeconds = -1 }: PresenceRequest): boolean {
  return ttlSeconds === 0 || (status === 'active' && ttlSeconds < 0);
}

function nextPresence(world: World, row: PersonRow, request: PresenceRequest): SetPresence | undefined {
  if (isEnd(request)) return undefined;
  const { status, label, ttlSeconds = -1 } = request;
  const now = world.clock.now();
  const before = presenceAt(world, row, now.getTime());
  const since = before.status === status ? before.since : now.toISOString();
  return { status, label, since, until: heldUntil(world, now, ttlSeconds) };
}

/** A job that is there and comes no later looks again by itself; any other is one too many, and ends when it comes. */
function checkAtOf(tx: Tx, row: PersonRow, until: string | undefined): string | undefined {
  const checkAt = row.set_presence?.checkAt;
  if (until === undefined || (checkAt !== undefined && checkAt <= until)) return checkAt;
  tx.enqueue({
    queue: EXPIRY_QUEUE,
    payload: { personId: row.id, checkAt: until },
    runAt: new Date(Date.parse(until)),
  });
  return until;
}

/** Keeps what a locked person said, and has somebody look when it is over. */
export function storePresence(tx: Tx, row: PersonRow, set: SetPresence | undefined): Promise<PersonRow> {
  const checkAt = checkAtOf(tx, row, set?.until);
  const isNothing = set === undefined && checkAt === undefined;
  return updatePersonRow(tx.db, row.id, {
    set_presence: isNothing ? null : JSON.stringify({ set, checkAt }),
  });
}

async function lockOwn(tx: Tx, { actor }: Decider): Promise<PersonRow> {
  const row = await lockPerson(tx.db, actor.personId);
  if (!row?.login_enabled) throw new ApiError(generalErrors['auth.token_required']);
  return row;
}

function causeOf({ actor, trace }: Decider): PersonCause {
  return { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
}

/**
 * Keeps what the caller says of their presence; it takes the place of what they said before.
 * @param personId of whom it is said; undefined where what was named is no person
 * @returns their presence now, whether they share it or not
 * @throws ApiError 404 `presence.not_own` for somebody else's, 401 when the account has just ended
 */
export async function setPresence(
  world: World,
  decider: Decider,
  personId: Uuid | undefined,
  request: PresenceRequest,
): Promise<Presence> {
  authorize(decider, change, { personId });
  return world.store.tx(async (tx) => {
    const before = await lockOwn(tx, decider);
    const row = await storePresence(tx, before, nextPresence(world, before, request));
    const nowMs = world.clock.nowMs();
    emitPresence(world, tx, row, nowMs, causeOf(decider));
    return presenceAt(world, row, nowMs);
  });
}

/**
 * Has the caller share their presence, or not.
 * @throws ApiError 404 `presence.not_own` for somebody else's, 401 when the account has just ended
 */
export async function sharePresence(
  world: World,
  decider: Decider,
  personId: Uuid | undefined,
  isShared: boolean,
): Promise<void> {
  authorize(decider, change, { personId });
  await world.store.tx(async (tx) => {
    await lockOwn(tx, decider);
    await setPresenceSharing(world, tx, decider.actor.personId, isShared, causeOf(decider));
    emitPresence(world, tx, await lockOwn(tx, decider), world.clock.nowMs(), causeOf(decider));
  });
}
