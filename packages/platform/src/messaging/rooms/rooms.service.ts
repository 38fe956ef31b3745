import { ApiError, type Uuid } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import { findPersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { accessRoom, addMember, type RoomTable, roomAction, roomErrors } from '../room-access/index.ts';
import { roomWriteErrors } from './rooms.errors.ts';
import { findRoom, findRoomFor, insertRoom, type RoomRow } from './rooms.store.ts';

const readRoom = roomAction('rooms.read', { compliance: true });

/** What a new group room is made of. */
export type NewRoom = {
  title: string | undefined;
  isLocked?: boolean | undefined;
  description?: string | undefined;
};

/** A room as the caller may see it. @throws ApiError `room.not_found` */
export async function showRoom(world: World, decider: Decider, roomId: Uuid): Promise<RoomRow> {
  const { membership } = await accessRoom(world, decider, roomId, readRoom);
  const row = await (membership
    ? findRoomFor(world.store.db, roomId, decider.actor.personId)
    : findRoom(world.store.db, roomId));
  if (!row) throw new ApiError(roomErrors['room.not_found']);
  return row;
}

function roomRow(world: World, decider: Decider, request: NewRoom & { title: string }): RoomTable {
  const now = world.clock.now();
  return {
    id: world.ids.uuid(),
    org_id: decider.actor.orgId,
    creator_id: decider.actor.personId,
    type: 'group',
    title: request.title,
    description: request.description ?? null,
    is_locked: request.isLocked ?? false,
    is_announcement_only: false,
    is_public: false,
    made_public: null,
    is_read_only: false,
    team_id: null,
    classification_id: null,
    created: now,
    last_activity: now,
    archived_at: null,
    deleted_at: null,
  };
}

/** Event form of a room: what filters and webhooks need, without its title. */
function roomData(row: RoomTable): Record<string, unknown> {
  return {
    id: row.id,
    type: row.type,
    isLocked: row.is_locked,
    creatorId: row.creator_id,
    created: row.created.toISOString(),
  };
}

/**
 * Creates a group room with the caller as its first member, moderator when it is locked.
 * @throws ApiError `room.title_empty`
 */
export async function createRoom(world: World, decider: Decider, request: NewRoom): Promise<RoomRow> {
  const title = request.title?.trim();
  if (!title) throw new ApiError(roomWriteErrors['room.title_empty']);
  const { actor, trace } = decider;
  const row = roomRow(world, decider, { ...request, title });
  const person = await findPersonFacts(world, actor.personId);
  const cause = { actorId: actor.personId, appId: actor.appId, traceId: trace.trackingId };
  await world.store.tx(async (tx) => {
    await insertRoom(tx.db, row);
    tx.emit({
      ...cause,
      orgId: row.org_id,
      roomId: row.id,
      resource: 'rooms',
      event: 'created',
      dataId: row.id,
      data: roomData(row),
    });
    const room = { id: row.id as Uuid, type: row.type, orgId: actor.orgId };
    await addMember(world, tx, room, person!, { isModerator: row.is_locked, cause });
  });
  return { ...row, viewer_title: null };
}
