import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { Cursor } from '../../paging.ts';
import type { PersonTable } from '../../people/people/index.ts';
import type { MembershipTable, RoomTable } from '../room-access/index.ts';

type Tables = { room: RoomTable; membership: MembershipTable; person: PersonTable };

/** A room as one viewer sees it: a direct room is titled with the other person's name. */
export type RoomRow = RoomTable & { viewer_title: string | null };

/** Which rooms of a person are listed, and in which order. */
export type RoomFilter = {
  type?: 'group' | 'direct' | undefined;
  teamId?: string | undefined;
  sortBy: 'id' | 'lastactivity' | 'created';
  max: number;
  after?: Cursor | undefined;
};

const otherName = sql<string | null>`case when room.type = 'direct' then (
  select person.display_name from membership other join person on person.id = other.person_id
  where other.room_id = room.id and other.person_id <> viewer.person_id limit 1) end`;

function roomsOf(db: Database, viewerId: string) {
  return db
    .withTables<Tables>()
    .selectFrom('room')
    .innerJoin('membership as viewer', (join) =>
      join.onRef('viewer.room_id', '=', 'room.id').on('viewer.person_id', '=', viewerId),
    )
    .where('room.deleted_at', 'is', null)
    .selectAll('room')
    .select(otherName.as('viewer_title'));
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
    .executeTakeFirst();
  return row && { ...row, viewer_title: null };
}

const SORT_COLUMN = { id: 'room.id', lastactivity: 'room.last_activity', created: 'room.created' } as const;

/** Rooms of a person, one more than `max`; newest first, or by id. Hidden direct rooms are left out. */
export function listRoomsOf(db: Database, viewerId: string, filter: RoomFilter): Promise<RoomRow[]> {
  const column = SORT_COLUMN[filter.sortBy];
  let query = roomsOf(db, viewerId)
    .where('viewer.is_room_hidden', '=', false)
    .limit(filter.max + 1);
  if (filter.type) query = query.where('room.type', '=', filter.type);
  if (filter.teamId) query = query.where('room.team_id', '=', filter.teamId);
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

/** Stores a room. */
export async function insertRoom(db: Database, row: RoomTable): Promise<void> {
  await db.withTables<Tables>().insertInto('room').values(row).execute();
}
