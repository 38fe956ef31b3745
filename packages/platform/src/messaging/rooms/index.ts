import { resource } from '../../resource.ts';
import { flagFilter, textFilter } from '../../webhook-filters.ts';
import {
  createRoom,
  deleteRoom,
  getRoom,
  getRoomMeetingInfo,
  listRooms,
  updateRoom,
} from './rooms.contract.ts';
import { roomWriteErrors } from './rooms.errors.ts';
import { presentRoomData } from './rooms.present.ts';
import { mountRooms } from './rooms.routes.ts';

export { createRoom, listRooms, type RoomQuery, showRoom } from './rooms.service.ts';
export type { RoomRow } from './rooms.store.ts';
export { updateRoom } from './update-room.ts';

/** Spaces. */
export const rooms = resource({
  name: 'rooms',
  area: 'messaging',
  operations: [listRooms, createRoom, getRoom, updateRoom, deleteRoom, getRoomMeetingInfo],
  errors: roomWriteErrors,
  routes: mountRooms,
  webhook: {
    resource: 'rooms',
    // Nothing moves rooms between clusters here, so nobody ever hears of `migrated`; clients may ask for it.
    events: ['created', 'updated', 'deleted', 'migrated'],
    readScopes: ['spark:rooms_read'],
    orgReadScopes: ['spark-compliance:rooms_read'],
    inFirehose: true,
    filters: {
      type: textFilter('type', ['group', 'direct']),
      isLocked: flagFilter((data) => data.isLocked === true),
    },
    // Nobody is in a deleted room: its event tells who was.
    alsoHeardBy: ({ data }) => (data.memberIds as string[] | undefined) ?? [],
    present: ({ data }) => presentRoomData(data),
  },
});
