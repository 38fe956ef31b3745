import type { PersonFacts } from '@moothall/platform';
import type { Frame } from '@moothall/realtime';
import { activityFrame, actorOf, roomOf } from './activity-context.ts';
import { conversationObject, personObject } from './activity-objects.ts';
import type { ActivityOf } from './activity-of.ts';
import { beganWithRoom } from './room-activities.ts';

/** `hide` and its end concern nobody but who hides the room (decided). */
function hiding({ event, facts, audience }: ActivityOf, member: PersonFacts): Frame {
  const verb = event.data.isRoomHidden === true ? 'hide' : 'unhide';
  const room = roomOf(event, facts);
  const object = (baseUrl: string) => conversationObject(baseUrl, event.roomId!, room);
  const own = { personIds: [member.id], ...(audience.scopes && { scopes: audience.scopes }) };
  return activityFrame(event, facts, { verb, actor: member, object }, own);
}

function verbOf({ event: { event, data } }: ActivityOf): string {
  if (event === 'created') return 'add';
  if (event === 'deleted') return 'leave';
  return data.isModerator === true ? 'assignModerator' : 'unassignModerator';
}

/** Who comes, goes, moderates and hides; whoever began with a room is told of with the room. */
export function membershipActivities(source: ActivityOf): Frame[] {
  const { event, facts, audience, batch } = source;
  const member = facts.people.get(event.data.personId as string);
  const actor = actorOf(event, facts);
  if (!member || !actor) return [];
  if (event.event === 'created' && beganWithRoom(batch, event)) return [];
  if (event.event === 'updated' && event.data.roomType === 'direct') return [hiding(source, member)];
  const isModerator = event.event === 'deleted' ? undefined : event.data.isModerator === true;
  const object = () => personObject(member, isModerator);
  return [activityFrame(event, facts, { verb: verbOf(source), actor, object }, audience)];
}
