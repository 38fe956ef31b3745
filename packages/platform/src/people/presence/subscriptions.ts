import { ApiError, decodeWireUuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { authorize, type Decider } from '../../authorize.ts';
import { findOrganizationFacts } from '../../identity/organizations/index.ts';
import type { World } from '../../world.ts';
import { lockPerson } from '../people/index.ts';
import { type Composition, compositionOf, readPresence, seenPeople } from './compositions.ts';
import { presenceErrors } from './presence.errors.ts';
import {
  countOthers,
  deleteSubscriptions,
  findWatching,
  putSubscriptions,
  type Watching,
} from './subscriptions.store.ts';

/** What became of a subscription to somebody; one whose presence is not to be seen has none. */
export type SubscriptionOutcome = Composition & { ttlSeconds: number };

function emitSubscriptions(tx: Tx, { actor, trace }: Decider, ttlSeconds: number, count: number): void {
  tx.emit({
    actorId: actor.personId,
    appId: actor.appId,
    traceId: trace.trackingId,
    orgId: actor.orgId,
    resource: 'presenceSubscriptions',
    event: 'updated',
    dataId: actor.personId,
    data: { personId: actor.personId, count, ttlSeconds },
  });
}

async function store(
  world: World,
  decider: Decider,
  ids: readonly string[],
  ttlSeconds: number,
): Promise<void> {
  const { personId } = decider.actor;
  const limit = world.limits.get('presence.subscriptions_per_person');
  await world.store.tx(async (tx) => {
    // Requests of one person take turns, so that the limit holds exactly.
    await lockPerson(tx.db, personId);
    const now = world.clock.now();
    if (ttlSeconds === 0) await deleteSubscriptions(tx.db, personId, ids);
    else {
      if ((await countOthers(tx.db, personId, ids, now)) + ids.length > limit)
        throw new ApiError(presenceErrors['presence.too_many_subscriptions'], {
          parameters: { limit: String(limit) },
        });
      await putSubscriptions(tx.db, personId, ids, new Date(now.getTime() + ttlSeconds * 1000));
    }
    emitSubscriptions(tx, decider, ttlSeconds, ids.length);
  });
}

/**
 * Has the caller told of people's presence on all their sockets, from now on for a while; once more begins that
 * while anew. Who is not to be seen is not watched.
 * @param subjects ids in wire form or bare UUIDs; a text that is none is nobody
 * @param request.ttlSeconds 0 ends subscriptions; `presence.subscription_lifetime` at most, and unless said
 * @returns one outcome for each subject, in their order
 * @throws ApiError 400 `presence.too_many_subscriptions`
 */
export async function subscribeToPresence(
  world: World,
  decider: Decider,
  { subjects, ttlSeconds }: { subjects: readonly string[]; ttlSeconds?: number | undefined },
): Promise<SubscriptionOutcome[]> {
  authorize(decider, readPresence, undefined);
  const longest = world.limits.get('presence.subscription_lifetime');
  const given = Math.min(ttlSeconds ?? longest, longest);
  const people = await seenPeople(world, decider, subjects);
  // One who hides meanwhile can be left all the same.
  const named =
    given === 0
      ? subjects.map((subject) => decodeWireUuid(['PEOPLE'], subject))
      : people.map(({ row }) => row?.id);
  const ids = [...new Set(named.flatMap((id) => id ?? []))];
  if (ids.length > 0) await store(world, decider, ids, given);
  return people.map((person) => ({
    ...compositionOf(world, decider, person),
    ttlSeconds: person.row ? given : 0,
  }));
}

/**
 * Who is to be told of the presence of people, by the ids of those: whoever watches them and may still see it.
 * Whether a person shares theirs, the events of it say already.
 */
export async function presenceWatchers(
  world: World,
  subjectIds: readonly string[],
): Promise<Map<string, string[]>> {
  const watchers = new Map<string, string[]>();
  for (const { subjectId, watcherId, orgId } of await watching(world, subjectIds)) {
    if ((await findOrganizationFacts(world, orgId))?.sharesPresence === false) continue;
    const known = watchers.get(subjectId);
    if (known) known.push(watcherId);
    else watchers.set(subjectId, [watcherId]);
  }
  return watchers;
}

function watching(world: World, subjectIds: readonly string[]): Promise<Watching[]> {
  return findWatching(world.store.db, subjectIds, world.clock.now());
}
