import type { Uuid } from '@moothall/core';
import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { Cursor } from '../../paging.ts';
import type { PersonTable } from '../../people/people/index.ts';
import {
  type MembershipData,
  type MembershipTable,
  membershipData,
  type RoomFacts,
  type RoomTable,
  roomFactsOf,
} from '../room-access/index.ts';

type Tables = { membership: MembershipTable; person: PersonTable; room: RoomTable };

function memberships(db: Database) {
  return db
    .withTables<Tables>()
    .selectFrom('membership')
    .innerJoin('room', 'room.id', 'membership.room_id')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .where('room.deleted_at', 'is', null)
    .selectAll('membership')
    .select(['room.type as room_type', 'person.email', 'person.display_name']);
}

type Row = MembershipTable & { room_type: RoomTable['type']; email: string; display_name: string };

function dataOf(row: Row): MembershipData {
  const person = {
    id: row.person_id as Uuid,
    orgId: row.person_org_id as Uuid,
    email: row.email,
    displayName: row.display_name,
  };
  return membershipData({ id: row.room_id as Uuid, type: row.room_type }, person, row);
}

/** A membership of a room that is not deleted. */
export async function findMembership(
  db: Database,
  roomId: string,
  personId: string,
): Promise<MembershipData | undefined> {
  const row = await memberships(db)
    .where('membership.room_id', '=', roomId)
    .where('membership.person_id', '=', personId)
    .executeTakeFirst();
  return row && dataOf(row);
}

/** Which memberships are listed; those of one room, or those of one person. */
export type MembershipFilter = {
  roomId?: string | undefined;
  personId?: string | undefined;
  personEmail?: string | undefined;
  onlyModerators?: boolean | undefined;
  /** Only those of people of this organisation, or in its rooms. */
  concernsOrgId?: string | undefined;
  max: number;
  after?: Cursor | undefined;
};

/** Memberships by time, one more than `max`. */
export async function findMemberships(db: Database, filter: MembershipFilter): Promise<MembershipData[]> {
  let query = memberships(db).limit(filter.max + 1);
  if (filter.roomId) query = query.where('membership.room_id', '=', filter.roomId);
  if (filter.personId) query = query.where('membership.person_id', '=', filter.personId);
  if (filter.personEmail)
    query = query.where(sql<boolean>`lower(person.email) = lower(${filter.personEmail})`);
  if (filter.onlyModerators) query = query.where('membership.is_moderator', '=', true);
  if (filter.concernsOrgId) {
    const orgId = filter.concernsOrgId;
    query = query.where((where) =>
      where.or([where('room.org_id', '=', orgId), where('membership.person_org_id', '=', orgId)]),
    );
  }
  // Within one room the person tells rows of one moment apart, within one person the room.
  const tie = filter.roomId ? 'membership.person_id' : 'membership.room_id';
  if (filter.after) {
    const { key, id } = filter.after;
    query = query.where(
      sql<boolean>`(membership.created, ${sql.ref(tie)}) > (${key}::timestamptz, ${id}::uuid)`,
    );
  }
  return (await query.orderBy('membership.created').orderBy(tie).execute()).map(dataOf);
}

/** The facts of a room that is not deleted, locked: its memberships change one request after the other. */
export async function lockRoomFacts(db: Database, roomId: string): Promise<RoomFacts | undefined> {
  const row = await db
    .withTables<Tables>()
    .selectFrom('room')
    .selectAll()
    .where('id', '=', roomId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row && roomFactsOf(row);
}

/** How many are in a room, and how many of them moderate it. */
export function countMembers(db: Database, roomId: string): Promise<{ members: number; moderators: number }> {
  return db
    .withTables<Tables>()
    .selectFrom('membership')
    .select((select) => [
      select.fn.countAll<number>().as('members'),
      select.fn.countAll<number>().filterWhere('is_moderator', '=', true).as('moderators'),
    ])
    .where('room_id', '=', roomId)
    .executeTakeFirstOrThrow();
}

/** Hides a room for somebody, or shows it again. */
export async function setRoomHidden(
  db: Database,
  roomId: string,
  personId: string,
  isHidden: boolean,
): Promise<void> {
  await db
    .withTables<Tables>()
    .updateTable('membership')
    .set({ is_room_hidden: isHidden })
    .where('room_id', '=', roomId)
    .where('person_id', '=', personId)
    .execute();
}

/** Rooms that somebody is in and would leave for good; direct rooms keep both people. */
export async function groupRoomsOf(db: Database, personId: string): Promise<RoomFacts[]> {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('room')
    .innerJoin('membership', 'membership.room_id', 'room.id')
    .selectAll('room')
    .where('membership.person_id', '=', personId)
    .where('room.type', '=', 'group')
    .orderBy('room.id')
    .execute();
  return rows.map(roomFactsOf);
}
