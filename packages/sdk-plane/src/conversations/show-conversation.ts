import { userAccess } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import {
  admit,
  type Decider,
  findPersonFacts,
  keysOfRooms,
  listMemberships,
  listMessagesOfRoom,
  type PersonFacts,
  type ReadReceipt,
  type RoomKey,
  type RoomRow,
  receiptsOfPerson,
  receiptsOfRoom,
  roomFactsOf,
  type World,
} from '@moothall/platform';
import { presentActivity } from '../activities/activity-context.ts';
import {
  type Activity,
  type ActivityObject,
  type Conversation,
  commentObject,
  conversationObject,
  personObject,
} from '../activities/activity-objects.ts';

/** How much of a conversation is asked for. */
export type Shown = {
  activitiesLimit?: number | undefined;
  participantsLimit?: number | undefined;
  includeParticipants?: boolean | undefined;
  participantAckFilter?: string | undefined;
};

/** What all views of one request share. */
export type View = { world: World; decider: Decider; baseUrl: string };

function within({ decider }: View, scope: string): Decider {
  return { ...decider, capacities: admit(decider.actor, userAccess(scope), decider.trace) };
}

function seenPart(receipt: ReadReceipt | undefined): Record<string, string> {
  if (!receipt) return {};
  return {
    lastSeenActivityUUID: receipt.messageId,
    lastSeenActivityDate: receipt.seenAt.toISOString(),
  };
}

function isAsked({ includeParticipants, participantsLimit, participantAckFilter }: Shown): boolean {
  if (participantsLimit === 0) return false;
  return includeParticipants ?? (participantsLimit !== undefined || participantAckFilter !== undefined);
}

async function participantsOf(view: View, roomId: Uuid, shown: Shown): Promise<ActivityObject[]> {
  const { world } = view;
  const max = shown.participantsLimit ?? world.limits.get('room.members');
  const query = { roomId, max };
  const members = await listMemberships(world, within(view, 'spark:memberships_read'), query);
  const receipts = new Map(
    (await receiptsOfRoom(world, roomId)).map((receipt) => [receipt.personId, receipt]),
  );
  const described = members.slice(0, max).map(async ({ personId, isModerator }) => {
    const facts = (await findPersonFacts(world, personId as Uuid))!;
    const person = personObject(facts);
    return { roomProperties: { isModerator, ...seenPart(receipts.get(personId)) }, ...person };
  });
  return Promise.all(described);
}

/**
 * Comments and shares of a room, oldest first.
 * @throws ApiError `room.not_found`
 */
export async function activitiesOf(
  view: View,
  room: Pick<RoomRow, 'id' | 'type'>,
  { max, before }: { max: number; before?: Date | undefined },
): Promise<Activity[]> {
  if (max === 0) return [];
  const { world, baseUrl } = view;
  const decider = within(view, 'spark:messages_read');
  const roomId = room.id as Uuid;
  // A bot may ask for nothing but what mentions it.
  const isLimited = decider.actor.type === 'bot' && room.type === 'group';
  const { page } = await listMessagesOfRoom(world, decider, {
    roomId,
    max,
    before,
    ...(isLimited && { mentionedPeople: 'me' as const }),
  });
  const shown = page.items.map(async (row) => {
    const actor = (await findPersonFacts(world, row.personId))!;
    return presentMessage(row, { actor, room, baseUrl });
  });
  return (await Promise.all(shown)).reverse();
}

/** A message as an activity. */
export function presentMessage(
  row: Parameters<typeof commentObject>[0],
  { actor, room, baseUrl }: { actor: PersonFacts; room: Pick<RoomRow, 'type'>; baseUrl: string },
): Activity {
  const told = {
    id: row.id,
    verb: row.files ? 'share' : 'post',
    actor,
    object: (base: string) => commentObject(row, base),
    published: row.created.toISOString(),
    ...(row.parentId && { parent: { id: row.parentId, type: 'reply' } }),
  };
  return presentActivity(baseUrl, told, { roomId: row.roomId, room });
}

async function presentOne(
  view: View,
  row: RoomRow,
  { key, receipt, shown }: { key: RoomKey; receipt: ReadReceipt | undefined; shown: Shown },
): Promise<Conversation> {
  const displayName = row.type === 'direct' ? undefined : row.title;
  const participants = isAsked(shown) ? await participantsOf(view, row.id as Uuid, shown) : [];
  return {
    ...conversationObject(view.baseUrl, row.id, roomFactsOf(row), { participants, displayName }),
    ...(row.type === 'direct' && { computedTitle: row.viewer_title }),
    activities: { items: await activitiesOf(view, row, { max: shown.activitiesLimit ?? 0 }) },
    published: row.created.toISOString(),
    lastReadableActivityDate: row.last_activity.toISOString(),
    lastRelevantActivityDate: row.last_activity.toISOString(),
    ...seenPart(receipt),
    creatorUUID: row.creator_id,
    // Without `encryptionKeyUrl` programs take what they are told as it is, and ask for no key.
    defaultActivityEncryptionKeyUrl: key.keyUri,
    kmsResourceObjectUrl: key.resourceUri,
  };
}

/** Rooms of the caller as conversations; what is not asked for is told by empty lists. */
export async function presentConversations(
  view: View,
  rows: readonly RoomRow[],
  shown: Shown,
): Promise<Conversation[]> {
  const { world, decider } = view;
  const roomIds = rows.map((row) => row.id as Uuid);
  const keys = await keysOfRooms(world, roomIds);
  const receipts = await receiptsOfPerson(world, decider.actor.personId, roomIds);
  const seen = new Map(receipts.map((receipt) => [receipt.roomId, receipt]));
  const presented: Conversation[] = [];
  for (const row of rows) {
    const own = { key: keys.get(row.id as Uuid)!, receipt: seen.get(row.id), shown };
    presented.push(await presentOne(view, row, own));
  }
  return presented;
}
