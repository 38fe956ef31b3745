import type { Uuid } from '@moothall/core';
import type { NewEvent, Tx } from '@moothall/store';
import { sql } from 'kysely';
import { emitMembership, membershipData } from '../room-access/index.ts';

type Unhidden = {
  personId: Uuid;
  orgId: Uuid;
  email: string;
  displayName: string;
  isModerator: boolean;
  created: Date;
  roomOrgId: Uuid;
};

/** A new message brings a hidden direct room back (documented); emits `memberships:updated` for who had hidden it. */
export async function unhideRoom(tx: Tx, roomId: Uuid, cause: NewEvent): Promise<void> {
  const { rows } = await sql<Unhidden>`
    update membership set is_room_hidden = false from person, room
    where membership.room_id = ${roomId} and membership.is_room_hidden and room.id = membership.room_id
      and room.type = 'direct' and person.id = membership.person_id
    returning membership.person_id as "personId", person.org_id as "orgId", person.email,
      person.display_name as "displayName", membership.is_moderator as "isModerator",
      membership.created, room.org_id as "roomOrgId"`.execute(tx.db);
  for (const row of rows) {
    const room = { id: roomId, type: 'direct' as const, orgId: row.roomOrgId };
    const record = { is_moderator: row.isModerator, is_room_hidden: false, created: row.created };
    const { actorId, appId, traceId } = cause;
    const by = { actorId: actorId!, appId, traceId };
    emitMembership(tx, 'updated', room, membershipData(room, { ...row, id: row.personId }, record), by);
  }
}
