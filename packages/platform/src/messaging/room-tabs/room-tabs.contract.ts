import { idText, listOf, operation, timeText, userAccess, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { roomErrors } from '../room-access/room-access.errors.ts';
import { roomTabErrors } from './room-tabs.errors.ts';

const testedBy = ['packages/platform/src/messaging/room-tabs/room-tabs.test.ts'];

/** A room tab on the wire. */
export const roomTab = z.strictObject({
  id: idText,
  roomId: idText,
  roomType: z.enum(['group', 'direct']),
  displayName: z.string(),
  contentUrl: z.string(),
  creatorId: idText,
  created: timeText,
});

const params = z.object({ id: wireUuid('TABS') });
const body = z.object({
  roomId: wireUuid('ROOM').optional(),
  contentUrl: z.string().max(limitLedger['room_tab.url'].value).optional(),
  displayName: z.string().max(limitLedger['room_tab.name'].value).optional(),
});
const read = userAccess('spark:rooms_read');
const write = userAccess('spark:rooms_write');
const refusedWrites = [
  roomErrors['room.not_moderator'],
  roomErrors['room.archived'],
  roomErrors['room.read_only'],
];

/** Lists the tabs of a room, the oldest first; not paged. */
export const listRoomTabs = operation({
  id: 'room-tabs.list',
  method: 'GET',
  path: '/room/tabs',
  summary: 'List room tabs',
  access: read,
  query: z.object({ roomId: wireUuid('ROOM').optional() }),
  response: listOf(roomTab),
  errors: [roomTabErrors['room_tab.room_required'], roomErrors['room.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Adds a tab to a room. */
export const createRoomTab = operation({
  id: 'room-tabs.create',
  method: 'POST',
  path: '/room/tabs',
  summary: 'Create a room tab',
  access: write,
  body,
  response: roomTab,
  errors: [
    roomTabErrors['room_tab.room_null'],
    roomTabErrors['room_tab.url_invalid'],
    roomTabErrors['room_tab.name_empty'],
    roomTabErrors['room_tab.too_many'],
    roomErrors['room.not_found'],
    ...refusedWrites,
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows a tab. */
export const getRoomTab = operation({
  id: 'room-tabs.get',
  method: 'GET',
  path: '/room/tabs/{id}',
  summary: 'Get room tab details',
  access: read,
  params,
  response: roomTab,
  errors: [roomTabErrors['room_tab.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Changes URL or name of a tab. */
export const updateRoomTab = operation({
  id: 'room-tabs.update',
  method: 'PUT',
  path: '/room/tabs/{id}',
  summary: 'Update a room tab',
  access: write,
  params,
  body,
  response: roomTab,
  errors: [
    roomTabErrors['room_tab.not_found'],
    roomTabErrors['room_tab.url_invalid'],
    roomTabErrors['room_tab.name_empty'],
    roomTabErrors['room_tab.nothing_to_change'],
    roomTabErrors['room_tab.room_fixed'],
    ...refusedWrites,
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Deletes a tab. */
export const deleteRoomTab = operation({
  id: 'room-tabs.delete',
  method: 'DELETE',
  path: '/room/tabs/{id}',
  summary: 'Delete a room tab',
  access: write,
  params,
  errors: [roomTabErrors['room_tab.not_found'], ...refusedWrites],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
