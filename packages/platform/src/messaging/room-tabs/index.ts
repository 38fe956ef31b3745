import { resource } from '../../resource.ts';
import {
  createRoomTab,
  deleteRoomTab,
  getRoomTab,
  listRoomTabs,
  updateRoomTab,
} from './room-tabs.contract.ts';
import { roomTabErrors } from './room-tabs.errors.ts';
import { mountRoomTabs } from './room-tabs.routes.ts';
import { roomTabMigrations } from './room-tabs.table.ts';

/** Web pages pinned to a room. */
export const roomTabs = resource({
  name: 'room-tabs',
  area: 'messaging',
  operations: [listRoomTabs, createRoomTab, getRoomTab, updateRoomTab, deleteRoomTab],
  errors: roomTabErrors,
  migrations: roomTabMigrations,
  routes: mountRoomTabs,
});
