import { decodeWireUuid, type Uuid } from '@moothall/core';
import { addMember, findPersonFacts, findRoomFacts, forgetRoom, removeMember } from '@moothall/platform';
import type { TestPerson, TestPlatform } from '@moothall/testkit';

/** A room of a test, by both its ids. */
export type TestRoom = { id: string; uuid: Uuid };

async function partsOf(kit: TestPlatform, room: TestRoom, person: TestPerson) {
  const facts = await findRoomFacts(kit.world, room.uuid);
  const who = await findPersonFacts(kit.world, person.id);
  return { room: facts!, person: who!, cause: { actorId: person.id } };
}

/** Puts somebody into a room. */
export async function join(
  kit: TestPlatform,
  room: TestRoom,
  person: TestPerson,
  isModerator = false,
): Promise<void> {
  const parts = await partsOf(kit, room, person);
  await kit.world.store.tx((tx) =>
    addMember(kit.world, tx, parts.room, parts.person, { isModerator, cause: parts.cause }),
  );
}

/** Takes somebody out of a room. */
export async function leave(kit: TestPlatform, room: TestRoom, person: TestPerson): Promise<void> {
  const parts = await partsOf(kit, room, person);
  await kit.world.store.tx((tx) => removeMember(kit.world, tx, parts.room, parts.person, parts.cause));
}

/** A group room of its first person with the others in it. */
export async function roomOf(
  kit: TestPlatform,
  creator: TestPerson,
  ...others: TestPerson[]
): Promise<TestRoom> {
  const { body } = await creator.api.post('/rooms', { title: 'Test room' });
  const room = { id: body.id as string, uuid: decodeWireUuid(['ROOM'], body.id as string)! };
  for (const person of others) await join(kit, room, person);
  return room;
}

/** Changes a room's row, such as to lock it; columns as stored. */
export async function changeRoom(kit: TestPlatform, room: TestRoom, assignments: string): Promise<void> {
  await kit.world.store.pool.query(`update room set ${assignments} where id = '${room.uuid}'`);
  forgetRoom(kit.world, room.uuid);
}

/** Number of messages that the database holds. */
export async function countMessages(kit: TestPlatform): Promise<number> {
  const { rows } = await kit.world.store.pool.query<{ count: number }>(
    'select count(*)::int as count from message',
  );
  return rows[0]!.count;
}
