import type { PersonType } from '@moothall/contract';
import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { PersonTable } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { emitMembership, membershipData } from './members.ts';
import type { MembershipTable } from './room-access.table.ts';
import type { Cause } from './room-cause.ts';
import { forgetMembership, type RoomFacts } from './room-facts.ts';

type Tables = { membership: MembershipTable; person: PersonTable };
type Room = Pick<RoomFacts, 'id' | 'type' | 'orgId'>;
type Changed = MembershipTable & Pick<PersonTable, 'email' | 'display_name'> & { type: PersonType };

function report(
  world: World,
  tx: Tx,
  event: 'updated' | 'deleted',
  rooms: readonly Room[],
  rows: readonly Changed[],
  cause: Cause,
): void {
  const byId = new Map<string, Room>(rooms.map((room) => [room.id, room]));
  for (const row of rows) {
    const person = {
      id: row.person_id as Uuid,
      orgId: row.person_org_id as Uuid,
      email: row.email,
      displayName: row.display_name,
    };
    const room = byId.get(row.room_id)!;
    emitMembership(tx, event, room, membershipData(room, person, row), cause);
    tx.onCommit(() => forgetMembership(world, room.id, person.id));
  }
}

/**
 * Empties some rooms, or takes one person out of them, and emits `memberships:deleted` for each who was in one.
 * @returns ids of those who were taken out, with repetitions
 */
export async function removeMembers(
  world: World,
  tx: Tx,
  rooms: readonly Room[],
  options: { personId?: Uuid; cause: Cause },
): Promise<Uuid[]> {
  if (rooms.length === 0) return [];
  const roomIds = rooms.map((room) => room.id);
  const rows = await tx.db
    .withTables<Tables>()
    .with('gone', (db) => {
      const all = db.deleteFrom('membership').where('room_id', 'in', roomIds).returningAll();
      return options.personId === undefined ? all : all.where('person_id', '=', options.personId);
    })
    .selectFrom('gone')
    .innerJoin('person', 'person.id', 'gone.person_id')
    .selectAll('gone')
    .select(['person.email', 'person.display_name', 'person.type'])
    .orderBy('gone.created')
    .execute();
  report(world, tx, 'deleted', rooms, rows, options.cause);
  return rows.map((row) => row.person_id as Uuid);
}

/** Which memberships of a room change their moderator's mark. */
type Moderation = { room: Room; isModerator: boolean; personId?: Uuid; cause: Cause };

async function moderate(world: World, tx: Tx, change: Moderation): Promise<boolean> {
  const { room, isModerator, personId } = change;
  const rows = await tx.db
    .withTables<Tables>()
    .with('changed', (db) => {
      const all = db
        .updateTable('membership')
        .set({ is_moderator: isModerator })
        .where('room_id', '=', room.id)
        .where('is_moderator', '=', !isModerator)
        .returningAll();
      return personId === undefined ? all : all.where('person_id', '=', personId);
    })
    .selectFrom('changed')
    .innerJoin('person', 'person.id', 'changed.person_id')
    .selectAll('changed')
    .select(['person.email', 'person.display_name', 'person.type'])
    .execute();
  report(world, tx, 'updated', [room], rows, change.cause);
  return rows.length > 0;
}

/**
 * Makes somebody in a room its moderator or an ordinary member, and emits `memberships:updated`.
 * @returns false when nothing changed: they are that already, or not in the room
 */
export function setModerator(
  world: World,
  tx: Tx,
  room: Room,
  options: { personId: Uuid; isModerator: boolean; cause: Cause },
): Promise<boolean> {
  return moderate(world, tx, { room, ...options });
}

/** Makes all moderators of a room ordinary members, with `memberships:updated` for each. */
export async function dismissModerators(world: World, tx: Tx, room: Room, cause: Cause): Promise<void> {
  await moderate(world, tx, { room, isModerator: false, cause });
}
