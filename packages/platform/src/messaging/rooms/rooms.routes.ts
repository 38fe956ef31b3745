import type { Mount } from '@moothall/http';
import { decodeCursor, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { createRoom, getRoom, listRooms } from './rooms.contract.ts';
import { presentRoom } from './rooms.present.ts';
import { createRoom as create, showRoom } from './rooms.service.ts';
import { listRoomsOf, type RoomRow } from './rooms.store.ts';

const SORT_KEY = {
  id: () => '',
  lastactivity: (row: RoomRow) => row.last_activity.toISOString(),
  created: (row: RoomRow) => row.created.toISOString(),
} as const;

/** Ties the operations of rooms to their handlers. */
export function mountRooms(mount: Mount, world: World): void {
  mount(listRooms, async ({ actor, query }) => {
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const rows = await listRoomsOf(world.store.db, actor.personId, { ...query, after });
    return pageOf(rows, query.max, presentRoom, (row) => ({ key: SORT_KEY[query.sortBy](row), id: row.id }));
  });
  mount(createRoom, async (request) =>
    presentRoom(await create(world, request, { ...request.body, title: request.body.title })),
  );
  mount(getRoom, async (request) => presentRoom(await showRoom(world, request, request.params.roomId)));
}
