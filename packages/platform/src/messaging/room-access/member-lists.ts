import type { World } from '../../world.ts';

/** Somebody in a room, and since when. */
export type ListedMember = { roomId: string; personId: string; joined: Date };

const MEMBERS = `
  select room_id as "roomId", person_id as "personId", created as joined
  from membership where room_id = any($1::uuid[])`;

const ROOMS = 'select room_id as "roomId", created as joined from membership where person_id = $1';

/** All members of some rooms, for whoever passes on what happens there; nobody is asked whether they may see it. */
export async function listRoomMembers(world: World, roomIds: readonly string[]): Promise<ListedMember[]> {
  return (await world.store.pool.query<ListedMember>(MEMBERS, [roomIds])).rows;
}

/** The rooms that a person is in, by id, and since when. */
export async function listRoomsOf(world: World, personId: string): Promise<Map<string, Date>> {
  const { rows } = await world.store.pool.query<{ roomId: string; joined: Date }>(ROOMS, [personId]);
  return new Map(rows.map(({ roomId, joined }) => [roomId, joined]));
}

/** Titles of rooms by their ids; a direct room has none. */
export async function findRoomTitles(world: World, roomIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await world.store.pool.query<{ id: string; title: string }>(
    "select id, title from room where id = any($1::uuid[]) and type = 'group'",
    [roomIds],
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}
