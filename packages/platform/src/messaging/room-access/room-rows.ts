import type { PersonType } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import type { RoomTable } from './room-access.table.ts';
import type { Cause } from './room-cause.ts';
import { forgetRoom } from './room-facts.ts';

type Tables = { room: RoomTable };

/** What a new room is made of; whatever is absent is off or empty. */
export type NewRoomRow = Pick<RoomTable, 'type' | 'title'> &
  Partial<Omit<RoomTable, 'type' | 'title' | 'made_public' | 'created' | 'last_activity' | 'owner_pending'>>;

/** Columns of a room that change over its life. */
export type RoomPatch = Partial<Omit<RoomTable, 'id' | 'type' | 'creator_id' | 'created' | 'owner_pending'>>;

/** The event form of a room: what filters and webhooks need, without its title and description. */
function roomData(row: RoomTable): Record<string, unknown> {
  return {
    id: row.id,
    type: row.type,
    isLocked: row.is_locked,
    isPublic: row.is_public,
    isAnnouncementOnly: row.is_announcement_only,
    isReadOnly: row.is_read_only,
    ...(row.team_id !== null && { teamId: row.team_id }),
    ...(row.classification_id !== null && { classificationId: row.classification_id }),
    ...(row.made_public !== null && { madePublic: row.made_public.toISOString() }),
    orgId: row.org_id,
    creatorId: row.creator_id,
    lastActivity: row.last_activity.toISOString(),
    created: row.created.toISOString(),
  };
}

/** Emits an event about a room. @param extra keys of the event's data beyond the room's own */
export function emitRoom(
  tx: Tx,
  event: 'created' | 'updated' | 'deleted',
  row: RoomTable,
  cause: Cause,
  extra: Record<string, unknown> = {},
): void {
  const data = { ...roomData(row), ...extra };
  tx.emit({ ...cause, orgId: row.org_id, roomId: row.id, resource: 'rooms', event, dataId: row.id, data });
}

/**
 * Stores a room without members and emits `rooms:created`. One that a bot creates belongs to the bot's
 * organisation until the first person joins (documented: the first participant that is no bot owns it).
 */
export async function storeRoom(
  world: World,
  tx: Tx,
  request: NewRoomRow,
  creator: { personId: Uuid; orgId: Uuid; type: PersonType },
  cause: Cause,
): Promise<RoomTable> {
  const now = world.clock.now();
  const row: RoomTable = {
    id: world.ids.uuid(),
    org_id: creator.orgId,
    creator_id: creator.personId,
    description: null,
    is_locked: false,
    is_announcement_only: false,
    is_public: false,
    made_public: request.is_public ? now : null,
    is_read_only: false,
    team_id: null,
    classification_id: null,
    archived_at: null,
    deleted_at: null,
    ...request,
    created: now,
    last_activity: now,
    owner_pending: creator.type === 'bot',
  };
  await tx.db.withTables<Tables>().insertInto('room').values(row).execute();
  emitRoom(tx, 'created', row, cause);
  return row;
}

/**
 * Changes a room and emits `rooms:updated`.
 * @returns the room as it is now; undefined when there is none or it was deleted
 */
export async function changeRoom(
  world: World,
  tx: Tx,
  roomId: Uuid,
  patch: RoomPatch,
  cause: Cause,
): Promise<RoomTable | undefined> {
  const row = await tx.db
    .withTables<Tables>()
    .updateTable('room')
    .set(patch)
    .where('id', '=', roomId)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  emitRoom(tx, 'updated', row, cause, patch.is_locked === undefined ? {} : { isLockChanged: true });
  tx.onCommit(() => forgetRoom(world, roomId));
  return row;
}

/**
 * Gives a room that waits for its owner to the organisation of the first person in it.
 * @returns the organisation that owns the room
 */
export async function claimOwnership(
  world: World,
  tx: Tx,
  room: { id: Uuid; orgId: Uuid },
  person: { orgId: Uuid; type: PersonType },
  cause: Cause,
): Promise<Uuid> {
  if (person.type === 'bot') return room.orgId;
  const row = await tx.db
    .withTables<Tables>()
    .updateTable('room')
    .set({ org_id: person.orgId, owner_pending: false })
    .where('id', '=', room.id)
    .where('owner_pending', '=', true)
    .returningAll()
    .executeTakeFirst();
  if (!row) return room.orgId;
  if (row.org_id !== room.orgId) emitRoom(tx, 'updated', row, cause);
  tx.onCommit(() => forgetRoom(world, room.id));
  return person.orgId;
}

/** Rooms of a team that are not deleted, archived ones among them. */
export function teamRooms(tx: Tx, teamId: Uuid): Promise<RoomTable[]> {
  return tx.db
    .withTables<Tables>()
    .selectFrom('room')
    .selectAll()
    .where('team_id', '=', teamId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Archives all rooms of a team, with `rooms:updated` for each that was not. */
export async function archiveTeamRooms(world: World, tx: Tx, teamId: Uuid, cause: Cause): Promise<void> {
  const rows = await tx.db
    .withTables<Tables>()
    .updateTable('room')
    .set({ archived_at: world.clock.now() })
    .where('team_id', '=', teamId)
    .where('deleted_at', 'is', null)
    .where('archived_at', 'is', null)
    .returningAll()
    .execute();
  for (const row of rows) {
    emitRoom(tx, 'updated', row, cause);
    tx.onCommit(() => forgetRoom(world, row.id));
  }
}
