import type { Frame } from '@moothall/realtime';
import { activityFrame, actorOf } from './activity-context.ts';
import { commentObject, conversationService } from './activity-objects.ts';
import type { ActivityOf } from './activity-of.ts';

/** `delete` of a message; its content is told no more. */
function deletion({ event, facts, audience }: ActivityOf): Frame[] {
  const actor = actorOf(event, facts);
  if (!actor) return [];
  const object = (baseUrl: string) => ({
    objectType: 'activity',
    id: event.dataId,
    url: `${conversationService(baseUrl)}/activities/${event.dataId}`,
  });
  return [activityFrame(event, facts, { verb: 'delete', actor, object }, audience)];
}

/**
 * A message as `post`, or `share` with files, under its own id: SDKs fetch it by that. An edit is told as `edit`
 * (decided): every other verb would be a new message, or a new title of the room, to SDKs. What has been
 * deleted since is told as such only, for nobody could fetch it.
 */
export function messageActivities(source: ActivityOf): Frame[] {
  const { event, facts, audience } = source;
  if (event.event === 'deleted') return deletion(source);
  const row = facts.messages.get(event.dataId);
  const actor = row && facts.people.get(row.personId);
  if (!actor || row.deletedAt) return [];
  const object = (baseUrl: string) => commentObject(row, baseUrl);
  if (event.event === 'updated') {
    const parent = { id: row.id, type: 'edit' };
    return [activityFrame(event, facts, { verb: 'edit', actor, object, parent }, audience)];
  }
  const told = {
    id: row.id,
    verb: row.files ? 'share' : 'post',
    actor,
    object,
    published: row.created.toISOString(),
    ...(row.parentId && { parent: { id: row.parentId, type: 'reply' } }),
  };
  return [activityFrame(event, facts, told, audience)];
}
