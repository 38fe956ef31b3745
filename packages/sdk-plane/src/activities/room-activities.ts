import type { Frame } from '@moothall/realtime';
import type { FollowedEvent } from '@moothall/store';
import { activityFrame, actorOf, roomOf } from './activity-context.ts';
import type { ActivityFacts } from './activity-facts.ts';
import { type ActivityObject, conversationObject, personObject } from './activity-objects.ts';
import type { ActivityOf } from './activity-of.ts';

const isJoining = ({ resource, event }: FollowedEvent) => resource === 'memberships' && event === 'created';

/** Whether a membership began with its room, and is told with it. */
export function beganWithRoom(batch: readonly FollowedEvent[], joining: FollowedEvent): boolean {
  return batch.some(
    ({ tx, roomId, resource, event }) =>
      tx === joining.tx && roomId === joining.roomId && resource === 'rooms' && event === 'created',
  );
}

function participants(
  batch: readonly FollowedEvent[],
  { tx, roomId }: FollowedEvent,
  { people }: ActivityFacts,
): ActivityObject[] {
  const began = batch.filter((other) => other.tx === tx && other.roomId === roomId && isJoining(other));
  return began.flatMap(({ data }) => {
    const person = people.get(data.personId as string);
    return person ? [personObject(person, data.isModerator === true)] : [];
  });
}

function updateVerb({ data }: FollowedEvent): string {
  if (data.isLockChanged !== true) return 'update';
  return data.isLocked === true ? 'lock' : 'unlock';
}

/** A room as `create` with whom it began with, `update`, `lock` and `unlock`. Its end is told by each one's `leave`. */
export function roomActivities({ event, facts, audience, batch }: ActivityOf): Frame[] {
  const actor = actorOf(event, facts) ?? facts.people.get(event.data.creatorId as string);
  if (event.event === 'deleted' || !actor) return [];
  const isNew = event.event === 'created';
  // As it was then: a later lock is told by an activity of its own.
  const room = { ...roomOf(event, facts), isLocked: event.data.isLocked === true };
  const displayName = facts.titles.get(event.dataId);
  const object = (baseUrl: string) => ({
    ...conversationObject(baseUrl, event.dataId, room, {
      displayName,
      ...(isNew && { participants: participants(batch, event, facts) }),
    }),
    creatorUUID: event.data.creatorId,
  });
  const verb = isNew ? 'create' : updateVerb(event);
  return [activityFrame(event, facts, { verb, actor, object }, audience)];
}
