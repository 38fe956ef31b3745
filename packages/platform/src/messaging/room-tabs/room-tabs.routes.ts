import type { Mount } from '@moothall/http';
import type { World } from '../../world.ts';
import {
  createRoomTab,
  deleteRoomTab,
  getRoomTab,
  listRoomTabs,
  updateRoomTab,
} from './room-tabs.contract.ts';
import { presentRoomTab } from './room-tabs.present.ts';
import {
  createRoomTab as create,
  listRoomTabs as list,
  deleteRoomTab as remove,
  showRoomTab,
  updateRoomTab as update,
} from './room-tabs.service.ts';

/** Ties the operations of room tabs to their handlers. */
export function mountRoomTabs(mount: Mount, world: World): void {
  mount(listRoomTabs, async (request) => ({
    items: (await list(world, request, request.query.roomId)).map(presentRoomTab),
  }));
  mount(createRoomTab, async (request) => presentRoomTab(await create(world, request, request.body)));
  mount(getRoomTab, async (request) => presentRoomTab(await showRoomTab(world, request, request.params.id)));
  mount(updateRoomTab, async (request) =>
    presentRoomTab(await update(world, request, request.params.id, request.body)),
  );
  mount(deleteRoomTab, async (request) => void (await remove(world, request, request.params.id)));
}
