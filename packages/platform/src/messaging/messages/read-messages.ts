import { ApiError, generalErrors, parseUuid, type Uuid } from '@moothall/core';
import { Page } from '@moothall/http';
import { authorize, type Decider } from '../../authorize.ts';
import { decodeCursor, encodeCursor } from '../../paging.ts';
import { peopleErrors } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { directRoomId } from '../direct-rooms/index.ts';
import { type AccessedRoom, accessRoom, roomErrors } from '../room-access/index.ts';
import { findRecipient } from './direct-target.ts';
import { listAction, lookIntoRoom, seesOwnPeopleOnly } from './message-access.ts';
import { messageErrors } from './messages.errors.ts';
import { findMessage, listMessagesOf, type MessageFilter, type MessageRow } from './messages.store.ts';

/** Which messages a request asks for. */
export type ListRequest = {
  roomId?: Uuid | undefined;
  parentId?: Uuid | undefined;
  mentionedPeople?: 'me' | Uuid | undefined;
  before?: Date | undefined;
  beforeMessage?: Uuid | undefined;
  max: number;
  cursor?: string | undefined;
};

/** A page of rows with the room that they are of. */
export type ListedMessages = { page: Page<MessageRow>; roomType: 'group' | 'direct' };

function mentionsOf(decider: Decider, { mentionedPeople }: ListRequest): Uuid | undefined {
  const { personId } = decider.actor;
  if (mentionedPeople === undefined) return undefined;
  if (mentionedPeople !== 'me' && mentionedPeople !== personId)
    throw new ApiError(messageErrors['message.mentions_of_others']);
  return personId;
}

async function placeOf(world: World, roomId: Uuid, request: ListRequest): Promise<MessageFilter['after']> {
  if (request.cursor !== undefined) {
    const { key, id } = decodeCursor(request.cursor);
    const createdMs = Date.parse(key);
    if (!Number.isNaN(createdMs) && parseUuid(id)) return { created: new Date(createdMs), id };
    const parameters = { reason: 'cursor: it is not one of this list' };
    throw new ApiError(generalErrors['request.invalid'], { parameters });
  }
  if (request.beforeMessage === undefined) return undefined;
  const message = await findMessage(world, request.beforeMessage);
  if (!message || message.roomId !== roomId) throw new ApiError(messageErrors['message.not_found']);
  return message;
}

async function pageOfRoom(
  world: World,
  decider: Decider,
  accessed: AccessedRoom,
  request: ListRequest,
): Promise<ListedMessages> {
  const { room, capacity } = accessed;
  const mentions = mentionsOf(decider, request);
  authorize({ ...decider, capacities: [capacity] }, listAction, {
    ...accessed,
    mentionsOnly: mentions !== undefined,
  });
  const most = world.limits.get(mentions ? 'message.page_max_mentioned' : 'message.page_max');
  const max = Math.min(request.max, most);
  const { before, parentId } = request;
  const ownOnly = capacity === 'compliance' && seesOwnPeopleOnly(decider.actor, accessed);
  const authorOrgId = ownOnly ? decider.actor.orgId : undefined;
  const after = await placeOf(world, room.id, request);
  const filter = { roomId: room.id, parentId, mentions, authorOrgId, before, after, max };
  const rows = await listMessagesOf(world, filter);
  const items = rows.slice(0, max);
  const last = items.at(-1);
  const next = rows.length > max &&
    last && { cursor: encodeCursor({ key: last.created.toISOString(), id: last.id }) };
  return { page: new Page(items, next || undefined), roomType: room.type };
}

/**
 * Messages of a room, newest first.
 * @throws ApiError `message.room_required`, `room.not_found`, `message.bot_needs_mentions`, `message.mentions_of_others`,
 *   `message.not_found` for a `beforeMessage` that is not of the room
 */
export async function listRoom(
  world: World,
  decider: Decider,
  request: ListRequest,
): Promise<ListedMessages> {
  if (request.roomId === undefined) throw new ApiError(messageErrors['message.room_required']);
  const accessed = await accessRoom(world, decider, request.roomId, lookIntoRoom);
  return pageOfRoom(world, decider, accessed, request);
}

/**
 * Messages of the caller's direct room with somebody, newest first.
 * @throws ApiError `person.not_specified`, `person.ambiguous`, `person.not_found`; `room.not_found` when nothing was ever sent
 */
export async function listDirect(
  world: World,
  decider: Decider,
  request: Omit<ListRequest, 'roomId'> & { personId?: Uuid | undefined; personEmail?: string | undefined },
): Promise<ListedMessages> {
  const { personId, personEmail } = request;
  if (personId === undefined && personEmail === undefined)
    throw new ApiError(peopleErrors['person.not_specified']);
  const other = await findRecipient(world, request);
  if (!other) throw new ApiError(roomErrors['room.not_found']);
  if (personEmail !== undefined && other.email.toLowerCase() !== personEmail.toLowerCase())
    throw new ApiError(peopleErrors['person.ambiguous']);
  const roomId = directRoomId(decider.actor.personId, other.id);
  return pageOfRoom(world, decider, await accessRoom(world, decider, roomId, lookIntoRoom), request);
}
