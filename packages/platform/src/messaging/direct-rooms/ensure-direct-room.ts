import type { Tx } from '@moothall/store';
import type { PersonFacts } from '../../people/people/index.ts';
import type { World } from '../../world.ts';
import { addMember, type Cause, type RoomFacts, type RoomTable } from '../room-access/index.ts';
import { directRoomId } from './direct-room-id.ts';

type Tables = { room: RoomTable };

function rowOf(world: World, creator: PersonFacts, other: PersonFacts): RoomTable {
  const now = world.clock.now();
  return {
    id: directRoomId(creator.id, other.id),
    // A bot's room belongs to the organisation of the person in it (documented).
    org_id: creator.type === 'bot' && other.type !== 'bot' ? other.orgId : creator.orgId,
    creator_id: creator.id,
    type: 'direct',
    title: '',
    description: null,
    is_locked: false,
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

async function insertOnce(tx: Tx, row: RoomTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .withTables<Tables>()
    .insertInto('room')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Makes the direct room of two people with both memberships, where it or they are missing, and
 * emits `rooms:created` and `memberships:created` for what was made. Of two requests at once one
 * makes the room, the other waits and goes on with it.
 */
export async function ensureDirectRoom(
  world: World,
  tx: Tx,
  creator: PersonFacts,
  other: PersonFacts,
  cause: Cause,
): Promise<Pick<RoomFacts, 'id' | 'type' | 'orgId'>> {
  const row = rowOf(world, creator, other);
  const room = { id: row.id as RoomFacts['id'], type: row.type, orgId: row.org_id as RoomFacts['orgId'] };
  if (await insertOnce(tx, row)) {
    const data = {
      id: row.id,
      type: row.type,
      isLocked: false,
      creatorId: row.creator_id,
      created: row.created.toISOString(),
    };
    tx.emit({
      ...cause,
      orgId: row.org_id,
      roomId: row.id,
      resource: 'rooms',
      event: 'created',
      dataId: row.id,
      data,
    });
  }
  for (const person of [creator, other])
    await addMember(world, tx, room, person, { isModerator: false, cause });
  return room;
}
