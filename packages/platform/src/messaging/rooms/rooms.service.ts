import { ApiError, generalErrors, type Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { type Action, anyone, authorize, type Decider, isOfOrganization } from '../../authorize.ts';
import { findPersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import {
  accessRoom,
  addMember,
  roomAction,
  roomErrors,
  roomFactsOf,
  storeRoom,
} from '../room-access/index.ts';
import { accessTeam, teamAction } from '../team-access/index.ts';
import { roomWriteErrors } from './rooms.errors.ts';
import {
  findRoom,
  findRoomFor,
  listPublicRooms,
  listRoomsOf,
  type PublicRoomFilter,
  type RoomFilter,
  type RoomOrder,
  type RoomRow,
} from './rooms.store.ts';

const readRoom = roomAction('rooms.read', { compliance: true, newcomers: true });
const readMeetingInfo = roomAction('rooms.meeting-info');
const createInTeam = teamAction('rooms.create-in-team');

const createRoomAction: Action<{ classified: boolean }> = {
  name: 'rooms.create',
  relations: { user: anyone },
  unrelated: roomErrors['room.not_found'],
  policies: [
    {
      name: 'bots do not classify what they create',
      appliesTo: ['user'],
      refuses: (actor, { classified }) =>
        classified && actor.type === 'bot' ? 'a bot cannot create and classify at once' : undefined,
      error: roomWriteErrors['room.bot_classifies'],
    },
  ],
};

const listPublicAction: Action<undefined> = {
  name: 'rooms.list-public',
  relations: {
    user: (actor) => (isOfOrganization(actor, actor.orgId) ? undefined : 'guests find no public rooms'),
  },
  unrelated: generalErrors['auth.forbidden'],
};

/** What a new group room is made of. */
export type NewRoom = {
  title?: string | undefined;
  teamId?: Uuid | undefined;
  classificationId?: Uuid | undefined;
  isLocked?: boolean | undefined;
  isPublic?: boolean | undefined;
  description?: string | undefined;
  isAnnouncementOnly?: boolean | undefined;
};

/** What a list of rooms is asked for. */
export type RoomQuery = Omit<RoomFilter, 'sortBy'> &
  PublicRoomFilter & { sortBy?: RoomOrder | undefined; orgPublicSpaces?: boolean | undefined };

/** A room as the caller may see it. @throws ApiError `room.not_found` */
export async function showRoom(world: World, decider: Decider, roomId: Uuid): Promise<RoomRow> {
  const { membership } = await accessRoom(world, decider, roomId, readRoom);
  const row = await (membership
    ? findRoomFor(world.store.db, roomId, decider.actor.personId)
    : findRoom(world.store.db, roomId));
  if (!row) throw new ApiError(roomErrors['room.not_found']);
  return row;
}

/**
 * Refuses the meeting details of a room, which are no more.
 * @throws ApiError `room.not_found` to strangers, `room.meeting_info_ended` to members
 */
export async function showMeetingInfo(world: World, decider: Decider, roomId: Uuid): Promise<never> {
  await accessRoom(world, decider, roomId, readMeetingInfo);
  throw new ApiError(roomWriteErrors['room.meeting_info_ended']);
}

function refuseField(
  query: RoomQuery,
  fields: readonly (keyof RoomQuery)[],
  refusal: keyof typeof roomWriteErrors,
) {
  const field = fields.find((name) => query[name] !== undefined);
  if (field !== undefined) throw new ApiError(roomWriteErrors[refusal], { parameters: { field } });
}

/**
 * Rooms of the caller, or public ones of their organisation; one more than `max`.
 * @throws ApiError `room.public_list_alone`, `room.public_list_only`, `auth.forbidden` to guests
 */
export function listRooms(world: World, decider: Decider, query: RoomQuery): Promise<RoomRow[]> {
  const { actor } = decider;
  if (query.orgPublicSpaces) {
    authorize(decider, listPublicAction, undefined);
    refuseField(query, ['teamId', 'type', 'sortBy'], 'room.public_list_alone');
    return listPublicRooms(world.store.db, actor.orgId, query);
  }
  refuseField(query, ['from', 'to'], 'room.public_list_only');
  return listRoomsOf(world.store.db, actor.personId, { ...query, sortBy: query.sortBy ?? 'lastactivity' });
}

function checkNew(request: NewRoom): { title: string; description: string | null } {
  const title = request.title?.trim();
  const description = request.description?.trim() || null;
  if (!title) throw new ApiError(roomWriteErrors['room.title_empty']);
  if (request.isPublic && !description) throw new ApiError(roomWriteErrors['room.description_required']);
  if (request.isAnnouncementOnly && !request.isLocked)
    throw new ApiError(roomWriteErrors['room.announcement_needs_lock']);
  return { title, description };
}

/**
 * Creates a group room with the caller as its first member, moderator when it is locked.
 * @throws ApiError `room.title_empty`, `room.description_required`, `room.announcement_needs_lock`,
 *   `room.bot_classifies`, `team.not_found`
 * @param within does more in the transaction of the creation
 */
export async function createRoom(
  world: World,
  decider: Decider,
  request: NewRoom,
  within: (tx: Tx, row: RoomRow) => Promise<void> = async () => {},
): Promise<RoomRow> {
  const checked = checkNew(request);
  authorize(decider, createRoomAction, { classified: request.classificationId !== undefined });
  if (request.teamId !== undefined) await accessTeam(world, decider, request.teamId, createInTeam);
  const { actor, trace } = decider;
  const person = await findPersonFacts(world, actor.personId);
  const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
  const wanted = {
    ...checked,
    type: 'group' as const,
    is_locked: request.isLocked ?? false,
    is_announcement_only: request.isAnnouncementOnly ?? false,
    is_public: request.isPublic ?? false,
    team_id: request.teamId ?? null,
    classification_id: request.classificationId ?? null,
  };
  const row = await world.store.tx(async (tx) => {
    const stored = await storeRoom(world, tx, wanted, actor, cause);
    await addMember(world, tx, roomFactsOf(stored), person!, { isModerator: stored.is_locked, cause });
    await within(tx, { ...stored, viewer_title: null });
    return stored;
  });
  return { ...row, viewer_title: null };
}
