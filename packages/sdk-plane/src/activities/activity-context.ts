import type { Uuid } from '@moothall/core';
import { nameUuid, type PersonFacts } from '@moothall/platform';
import type { Audience, Frame } from '@moothall/realtime';
import type { FollowedEvent } from '@moothall/store';
import type { ActivityFacts } from './activity-facts.ts';
import {
  type Activity,
  type ActivityObject,
  conversationObject,
  conversationService,
  personObject,
  type RoomView,
} from './activity-objects.ts';

const NAMESPACE = '5d0a9f0e-2d56-4a2b-9a55-6f3f1c1d7e60' as Uuid;

/** The id of what an event tells, where nothing of its own has one: the same whenever the log is read. */
export function eventId({ tx, seq }: FollowedEvent): string {
  return nameUuid(NAMESPACE, `${tx}:${seq}`);
}

/** Who did it: whoever no account stands for any more is not told of. */
export function actorOf(
  { actorId, data }: FollowedEvent,
  { people }: ActivityFacts,
): PersonFacts | undefined {
  return (actorId === null ? undefined : people.get(actorId)) ?? people.get(data.personId as string);
}

/** The room in which it happened, as it is now; of a deleted one, what the event tells. */
export function roomOf({ roomId, data }: FollowedEvent, { rooms }: ActivityFacts): RoomView {
  const type = (data.roomType ?? data.type) === 'direct' ? 'direct' : 'group';
  return rooms.get(roomId ?? '') ?? { type };
}

/** What one kind of event fills in. */
export type Told = {
  id?: string;
  verb: string;
  actor: PersonFacts;
  object: (baseUrl: string) => ActivityObject;
  parent?: { id: string; type: string };
  published?: string;
};

/** An activity with all that is told of it. */
export type Whole = Required<Omit<Told, 'parent'>> & Pick<Told, 'parent'>;

/** An activity in wire form. */
export function presentActivity(
  baseUrl: string,
  { id, verb, actor, object, parent, published }: Whole,
  { roomId, room }: { roomId: string; room: RoomView },
): Activity {
  return {
    objectType: 'activity',
    id,
    url: `${conversationService(baseUrl)}/activities/${id}`,
    published,
    verb,
    actor: personObject(actor),
    object: object(baseUrl),
    target: conversationObject(baseUrl, roomId, room),
    encryptedTextKeyValues: {},
    ...(parent && { parent }),
  };
}

/** The frame of an activity. */
export function activityFrame(
  event: FollowedEvent,
  facts: ActivityFacts,
  told: Told,
  audience: Audience,
): Frame {
  const id = told.id ?? eventId(event);
  const published = told.published ?? event.at.toISOString();
  const { verb, actor, object, parent } = told;
  const whole = { id, verb, actor, object, published, ...(parent && { parent }) };
  const place = { roomId: event.roomId!, room: roomOf(event, facts) };
  return {
    audience,
    id,
    trackingId: event.traceId ?? `srv_${id}`,
    render(baseUrl) {
      const activity = presentActivity(baseUrl, whole, place);
      return JSON.stringify({ activity, eventType: 'conversation.activity' });
    },
  };
}
