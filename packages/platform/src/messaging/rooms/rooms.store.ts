import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { Cursor } from '../../paging.ts';
import type { PersonTable } from '../../people/people/index.ts';
import type { MembershipTable, RoomTable } from '../room-access/index.ts';
import type { TeamMembershipTable, TeamTable } from '../team-access/index.ts';

type Tables = {
  room: RoomTable;
  membership: MembershipTable;
  person: PersonTable;
  team: TeamTable;
  team_membership: TeamMembershipTable;
};

/** A room as one viewer sees it: a direct room is titled with the other person's name. */
export type RoomRow = RoomTable & { viewer_title: string | null };

/** Orders of a list of rooms. */
export type RoomOrder = 'id' | 'lastactivity' | 'created';

/** Which rooms of a person are listed, and in which order. */
export type RoomFilter = {
  type?: 'group' | 'direct' | undefined;
  teamId?: string | undefined;
  sortBy: RoomOrder;
  max: number;
  after?: Cursor | undefined;
};

const otherName = sql<string | null>`case when room.type = 'direct' then (
  select person.display_name from membership other join person on person.id = other.person_id
  where other.room_id = room.id and other.person_id <> viewer.person_id limit 1) end`;

/** Rooms that are not deleted, beside the viewer's membership where there is one. */
function roomsSeenBy(db: Database, viewerId: string) {
  return db
    .withTables<Tables>()
    .selectFrom('room')
    .leftJoin('membership as viewer', (join) =>
      join.onRef('viewer.room_id', '=', 'room.id').on('viewer.person_id', '=', viewerId),
    )
    .where('room.deleted_at', 'is', null)
    .selectAll('room')
    .select(otherName.as('viewer_title'));
}

function roomsOf(db: Database, viewerId: string) {
  return roomsSeenBy(db, viewerId).where('viewer.person_id', 'is not', null);
}

/** Rooms of a team that a viewer is in, and all of them for who is in the team. */
function roomsOfTeam(db: Database, viewerId: string, teamId: string) {
  const isInTeam = sql<boolean>`exists (
    select from team_membership place join team on team.id = place.team_id and team.deleted_at is null
    where place.team_id = room.team_id and place.person_id = ${viewerId})`;
  return roomsSeenBy(db, viewerId)
    .where('room.team_id', '=', teamId)
    .where((where) => where.or([where('viewer.person_id', 'is not', null), isInTeam]));
}

/** One room as a member sees it. */
export function findRoomFor(db: Database, roomId: string, viewerId: string): Promise<RoomRow | undefined> {
  return roomsOf(db, viewerId).where('room.id', '=', roomId).executeTakeFirst();
}

/** One room as somebody sees it who is not in it, such as a compliance officer. */
export async function findRoom(db: Database, roomId: string): Promise<RoomRow | undefined> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('room')
    .selectAll()
    .where('id', '=', roomId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row && { viewer_title: null, ...row };
}

/** Locks a room for the rest of a transaction. @returns the room as `viewerId` sees it */
export async function lockRoom(db: Database, roomId: string, viewerId: string): Promise<RoomRow | undefined> {
  await db
    .withTables<Tables>()
    .selectFrom('room')
    .select('id')
    .where('id', '=', roomId)
    .forUpdate()
    .execute();
  return (await findRoomFor(db, roomId, viewerId)) ?? (await findRoom(db, roomId));
}

const SORT_COLUMN = { id: 'room.id', lastactivity: 'room.last_activity', created: 'room.created' } as const;

/** Rooms of a person, one more than `max`; newest first, or by id. Hidden direct rooms are left out. */
export function listRoomsOf(db: Database, viewerId: string, filter: RoomFilter): Promise<RoomRow[]> {
  const column = SORT_COLUMN[filter.sortBy];
  let query =
    filter.teamId === undefined
      ? roomsOf(db, viewerId).where('viewer.is_room_hidden', '=', false)
      : roomsOfTeam(db, viewerId, filter.teamId);
  query = query.limit(filter.max + 1);
  if (filter.type) query = query.where('room.type', '=', filter.type);
  if (filter.sortBy === 'id') {
    if (filter.after) query = query.where('room.id', '>', filter.after.id);
    return query.orderBy('room.id').execute();
  }
  if (filter.after) {
    const { key, id } = filter.after;
    query = query.where(sql<boolean>`(${sql.ref(column)}, room.id) < (${key}::timestamptz, ${id}::uuid)`);
  }
  return query.orderBy(column, 'desc').orderBy('room.id', 'desc').execute();
}

/** Which public rooms are listed. */
export type PublicRoomFilter = {
  from?: Date | undefined;
  to?: Date | undefined;
  max: number;
  after?: Cursor | undefined;
};

/** Public rooms of an organisation, joined or not, that can be joined; the last made public first; one more than `max`. */
export async function listPublicRooms(
  db: Database,
  orgId: string,
  { from, to, max, after }: PublicRoomFilter,
): Promise<RoomRow[]> {
  let query = db
    .withTables<Tables>()
    .selectFrom('room')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('is_public', '=', true)
    .where('deleted_at', 'is', null)
    .where('archived_at', 'is', null)
    .limit(max + 1);
  if (from) query = query.where('made_public', '>', from);
  if (to) query = query.where('made_public', '<', to);
  if (after)
    query = query.where(sql<boolean>`(made_public, id) < (${after.key}::timestamptz, ${after.id}::uuid)`);
  const rows = await query.orderBy('made_public', 'desc').orderBy('id', 'desc').execute();
  return rows.map((row) => ({ viewer_title: null, ...row }));
}

/** Whether some moderator of a room is not in a team. */
export async function hasModeratorOutside(db: Database, roomId: string, teamId: string): Promise<boolean> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('membership')
    .leftJoin('team_membership as place', (join) =>
      join.onRef('place.person_id', '=', 'membership.person_id').on('place.team_id', '=', teamId),
    )
    .select('membership.person_id')
    .where('membership.room_id', '=', roomId)
    .where('membership.is_moderator', '=', true)
    .where('place.person_id', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks a room as deleted; its row stays for compliance. */
export async function markDeleted(db: Database, roomId: string, deletedAt: Date): Promise<void> {
  await db
    .withTables<Tables>()
    .updateTable('room')
    .set({ deleted_at: deletedAt })
    .where('id', '=', roomId)
    .execute();
}
