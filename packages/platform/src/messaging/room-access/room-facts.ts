import { ApiError, type Uuid } from '@moothall/core';
import type { Database, Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { roomErrors } from './room-access.errors.ts';
import type { MembershipTable, RoomTable } from './room-access.table.ts';

/** What rules ask about a room; cached until it changes. */
export type RoomFacts = {
  id: Uuid;
  orgId: Uuid;
  type: 'group' | 'direct';
  creatorId: Uuid;
  isLocked: boolean;
  isAnnouncementOnly: boolean;
  isReadOnly: boolean;
  isPublic: boolean;
  teamId: Uuid | null;
  archived: boolean;
};

/** What rules ask about somebody's membership. */
export type MembershipFacts = { isModerator: boolean };

const ROOM = `
  select id, org_id as "orgId", type, creator_id as "creatorId", is_locked as "isLocked",
    is_announcement_only as "isAnnouncementOnly", is_read_only as "isReadOnly", is_public as "isPublic",
    team_id as "teamId", archived_at is not null as archived
  from room where id = $1 and deleted_at is null`;

/** The facts of a room whose row is at hand, such as one that a transaction has locked. */
export function roomFactsOf(row: RoomTable): RoomFacts {
  return {
    id: row.id as Uuid,
    orgId: row.org_id as Uuid,
    type: row.type,
    creatorId: row.creator_id as Uuid,
    isLocked: row.is_locked,
    isAnnouncementOnly: row.is_announcement_only,
    isReadOnly: row.is_read_only,
    isPublic: row.is_public,
    teamId: row.team_id as Uuid | null,
    archived: row.archived_at !== null,
  };
}

/** The facts of a room as far as this process has them at hand. */
export function knownRoomFacts(world: World, id: string): RoomFacts | undefined {
  return world.caches.named<RoomFacts>('room').get(id);
}

/** The facts of a room; undefined when there is none or it was deleted. */
export async function findRoomFacts(world: World, id: Uuid): Promise<RoomFacts | undefined> {
  const cache = world.caches.named<RoomFacts>('room');
  const known = cache.get(id);
  if (known) return known;
  const version = cache.version();
  const { rows } = await world.store.pool.query<RoomFacts>(ROOM, [id]);
  if (rows[0]) cache.set(id, rows[0], version);
  return rows[0];
}

/** The facts of a membership; undefined for who is not in the room. */
export async function findMembershipFacts(
  world: World,
  roomId: Uuid,
  personId: Uuid,
): Promise<MembershipFacts | undefined> {
  const cache = world.caches.named<MembershipFacts>('membership');
  const key = `${roomId}:${personId}`;
  const known = cache.get(key);
  if (known) return known;
  const version = cache.version();
  const { rows } = await world.store.pool.query<MembershipFacts>(
    'select is_moderator as "isModerator" from membership where room_id = $1 and person_id = $2',
    [roomId, personId],
  );
  if (rows[0]) cache.set(key, rows[0], version);
  return rows[0];
}

/** The same as a transaction sees it that has locked the room: what is cached may be older. */
export async function membershipFactsIn(
  tx: Tx,
  roomId: Uuid,
  personId: Uuid,
): Promise<MembershipFacts | undefined> {
  return tx.db
    .withTables<{ membership: MembershipTable }>()
    .selectFrom('membership')
    .select('is_moderator as isModerator')
    .where('room_id', '=', roomId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

/** Whether somebody of an organisation is in a room. */
export async function hasMemberOfOrg(world: World, roomId: Uuid, orgId: Uuid): Promise<boolean> {
  const { rows } = await world.store.pool.query(
    'select 1 from membership where room_id = $1 and person_org_id = $2 limit 1',
    [roomId, orgId],
  );
  return rows.length > 0;
}

/** Forgets a room's facts, in `tx.onCommit` of the transaction that changed it. */
export function forgetRoom(world: World, roomId: string): void {
  world.caches.named<RoomFacts>('room').delete(roomId);
}

/** Forgets a membership's facts, in `tx.onCommit` of the transaction that changed it. */
export function forgetMembership(world: World, roomId: string, personId: string): void {
  world.caches.named<MembershipFacts>('membership').delete(`${roomId}:${personId}`);
}

/**
 * Refuses one more member when a room has the most that it may have.
 * @throws ApiError `room.full`
 */
export async function assertNotFull(world: World, db: Database, roomId: Uuid): Promise<void> {
  const limit = world.limits.get('room.members');
  const { count } = await db
    .withTables<{ membership: MembershipTable }>()
    .selectFrom('membership')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('room_id', '=', roomId)
    .executeTakeFirstOrThrow();
  if (count >= limit) throw new ApiError(roomErrors['room.full'], { parameters: { limit: String(limit) } });
}
