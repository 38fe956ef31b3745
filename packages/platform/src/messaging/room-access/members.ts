import type { Tx } from '@moothall/store';
import type { PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import type { MembershipTable, RoomTable } from './room-access.table.ts';
import type { Cause } from './room-cause.ts';
import { forgetMembership, type RoomFacts } from './room-facts.ts';
import { claimOwnership } from './room-rows.ts';

type Tables = { membership: MembershipTable; room: RoomTable };

/** A membership in the form that its events keep: the whole record, as the wire shows it. */
export type MembershipData = {
  roomId: string;
  roomType: 'group' | 'direct';
  personId: string;
  personEmail: string;
  personDisplayName: string;
  personOrgId: string;
  isModerator: boolean;
  isRoomHidden: boolean;
  created: string;
};

type Row = Pick<MembershipTable, 'is_moderator' | 'is_room_hidden' | 'created'>;

/** What the events of a membership tell about its person. */
export type Member = Pick<PersonFacts, 'id' | 'orgId' | 'email' | 'displayName'>;

/** The event form of a membership. */
export function membershipData(
  room: Pick<RoomFacts, 'id' | 'type'>,
  person: Member,
  row: Row,
): MembershipData {
  return {
    roomId: room.id,
    roomType: room.type,
    personId: person.id,
    personEmail: person.email,
    personDisplayName: person.displayName,
    personOrgId: person.orgId,
    isModerator: row.is_moderator,
    isRoomHidden: row.is_room_hidden,
    created: row.created.toISOString(),
  };
}

/** Emits an event about a membership; its data is the whole record. */
export function emitMembership(
  tx: Tx,
  event: 'created' | 'updated' | 'deleted',
  room: Pick<RoomFacts, 'id' | 'orgId'>,
  data: MembershipData,
  cause: Cause,
): void {
  const dataId = `${data.personId}:${data.roomId}`;
  tx.emit({ ...cause, orgId: room.orgId, roomId: room.id, resource: 'memberships', event, dataId, data });
}

/**
 * Puts a person into a room and emits `memberships:created`. Where the room waits for its owner, the
 * person's organisation becomes it, with `rooms:updated`.
 * @returns undefined when the person was in it already
 */
export async function addMember(
  world: World,
  tx: Tx,
  room: Pick<RoomFacts, 'id' | 'type' | 'orgId'>,
  person: Member & Pick<PersonFacts, 'type'>,
  options: { isModerator: boolean; cause: Cause },
): Promise<MembershipData | undefined> {
  const row = { is_moderator: options.isModerator, is_room_hidden: false, created: world.clock.now() };
  const inserted = await tx.db
    .withTables<Tables>()
    .insertInto('membership')
    .values({ room_id: room.id, person_id: person.id, person_org_id: person.orgId, ...row })
    .onConflict((conflict) => conflict.columns(['room_id', 'person_id']).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) return undefined;
  const orgId = await claimOwnership(world, tx, room, person, options.cause);
  const data = membershipData(room, person, row);
  emitMembership(tx, 'created', { id: room.id, orgId }, data, options.cause);
  tx.onCommit(() => forgetMembership(world, room.id, person.id));
  return data;
}

/** Rows of one statement at most; PostgreSQL takes 65 535 values. */
const ROWS_PER_INSERT = 5000;

/**
 * Puts people into a room that has none of them, in few statements, and emits `memberships:created` for
 * each. Where the room waits for its owner, the organisation of the first person becomes it.
 * @param room.ownerPending  false where it is known that the room does not wait for its owner
 * @throws a unique violation for who is in it already
 */
export async function addMembers(
  world: World,
  tx: Tx,
  room: Pick<RoomFacts, 'id' | 'type' | 'orgId'> & { ownerPending?: boolean | undefined },
  members: readonly { person: Member & Pick<PersonFacts, 'type'>; isModerator: boolean }[],
  cause: Cause,
): Promise<void> {
  const created = world.clock.now();
  const rows = members.map(({ person, isModerator }) => ({
    room_id: room.id,
    person_id: person.id,
    person_org_id: person.orgId,
    is_moderator: isModerator,
    is_room_hidden: false,
    created,
  }));
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    const some = rows.slice(start, start + ROWS_PER_INSERT);
    await tx.db.withTables<Tables>().insertInto('membership').values(some).execute();
  }
  const mayLackOwner = room.ownerPending !== false;
  const owner = mayLackOwner ? members.find(({ person }) => person.type !== 'bot')?.person : undefined;
  const orgId = owner ? await claimOwnership(world, tx, room, owner, cause) : room.orgId;
  for (const [index, { person }] of members.entries()) {
    emitMembership(tx, 'created', { id: room.id, orgId }, membershipData(room, person, rows[index]!), cause);
    tx.onCommit(() => forgetMembership(world, room.id, person.id));
  }
}

/**
 * Takes a person out of a room and emits `memberships:deleted`.
 * @returns undefined when the person was not in it
 */
export async function removeMember(
  world: World,
  tx: Tx,
  room: Pick<RoomFacts, 'id' | 'type' | 'orgId'>,
  person: Member,
  cause: Cause,
): Promise<MembershipData | undefined> {
  const row = await tx.db
    .withTables<Tables>()
    .deleteFrom('membership')
    .where('room_id', '=', room.id)
    .where('person_id', '=', person.id)
    .returning(['is_moderator', 'is_room_hidden', 'created'])
    .executeTakeFirst();
  if (!row) return undefined;
  const data = membershipData(room, person, row);
  emitMembership(tx, 'deleted', room, data, cause);
  tx.onCommit(() => forgetMembership(world, room.id, person.id));
  return data;
}
