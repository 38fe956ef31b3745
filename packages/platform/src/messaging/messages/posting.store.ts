import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { sql } from 'kysely';
import type { MessageRow } from './messages.store.ts';

/** Holds the room and the author's place in it as they are until the commit; false when the author may not post. */
export async function holdRoom(tx: Tx, row: MessageRow): Promise<boolean> {
  const { rows } = await sql`
    select 1 from room join membership on membership.room_id = room.id and membership.person_id = ${row.personId}
    where room.id = ${row.roomId} and room.deleted_at is null and room.archived_at is null
      and not room.is_read_only and (membership.is_moderator or not room.is_announcement_only)
    for no key update of room for share of membership`.execute(tx.db);
  return rows.length > 0;
}

/** Moves the last activity of a message's room forward to the message. */
export async function touchRoom(tx: Tx, row: MessageRow): Promise<void> {
  await sql`update room set last_activity = greatest(last_activity, ${row.created}::timestamptz)
    where id = ${row.roomId}`.execute(tx.db);
}

/** A membership of a direct room that is shown again. */
export type UnhiddenMembership = {
  personId: Uuid;
  orgId: Uuid;
  email: string;
  displayName: string;
  isModerator: boolean;
  created: Date;
  roomOrgId: Uuid;
};

/** Shows a direct room again to those who had hidden it. @returns their memberships */
export async function unhideMemberships(tx: Tx, roomId: Uuid): Promise<UnhiddenMembership[]> {
  const { rows } = await sql<UnhiddenMembership>`
    update membership set is_room_hidden = false from person, room
    where membership.room_id = ${roomId} and membership.is_room_hidden and room.id = membership.room_id
      and room.type = 'direct' and person.id = membership.person_id
    returning membership.person_id as "personId", person.org_id as "orgId", person.email,
      person.display_name as "displayName", membership.is_moderator as "isModerator",
      membership.created, room.org_id as "roomOrgId"`.execute(tx.db);
  return rows;
}
