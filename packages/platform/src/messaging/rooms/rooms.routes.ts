import type { Mount } from '@moothall/http';
import { decodeKeyset, pageOf } from '../../paging.ts';
import type { World } from '../../world.ts';
import { deleteRoom as remove } from './delete-room.ts';
import {
  createRoom,
  deleteRoom,
  getRoom,
  getRoomMeetingInfo,
  listRooms,
  updateRoom,
} from './rooms.contract.ts';
import { presentRoom } from './rooms.present.ts';
import { createRoom as create, listRooms as list, showMeetingInfo, showRoom } from './rooms.service.ts';
import type { RoomOrder, RoomRow } from './rooms.store.ts';
import { updateRoom as update } from './update-room.ts';

const SORT_KEY: Record<RoomOrder | 'made-public', (row: RoomRow) => string> = {
  id: () => '',
  lastactivity: (row) => row.last_activity.toISOString(),
  created: (row) => row.created.toISOString(),
  'made-public': (row) => row.made_public!.toISOString(),
};

/** Ties the operations of rooms to their handlers. */
export function mountRooms(mount: Mount, world: World): void {
  mount(listRooms, async (request) => {
    const { query } = request;
    const order = query.orgPublicSpaces ? 'made-public' : (query.sortBy ?? 'lastactivity');
    const byTime = order !== 'id';
    const after = query.cursor === undefined ? undefined : decodeKeyset(query.cursor, { byTime });
    const rows = await list(world, request, { after, ...query });
    return pageOf(rows, query.max, presentRoom, (row) => ({ key: SORT_KEY[order](row), id: row.id }));
  });
  mount(createRoom, async (request) => presentRoom(await create(world, request, request.body)));
  mount(getRoom, async (request) => presentRoom(await showRoom(world, request, request.params.roomId)));
  mount(updateRoom, async (request) =>
    presentRoom(await update(world, request, request.params.roomId, request.body)),
  );
  mount(deleteRoom, async (request) => void (await remove(world, request, request.params.roomId)));
  mount(getRoomMeetingInfo, (request) => showMeetingInfo(world, request, request.params.roomId));
}
