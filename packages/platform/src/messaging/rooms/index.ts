import { encodeWireId } from '@moothall/core';
import { resource } from '../../resource.ts';
import { flagFilter, textFilter } from '../../webhook-filters.ts';
import { createRoom, getRoom, listRooms } from './rooms.contract.ts';
import { roomWriteErrors } from './rooms.errors.ts';
import { mountRooms } from './rooms.routes.ts';

/** Spaces. */
export const rooms = resource({
  name: 'rooms',
  area: 'messaging',
  operations: [listRooms, createRoom, getRoom],
  errors: roomWriteErrors,
  routes: mountRooms,
  webhook: {
    resource: 'rooms',
    events: ['created', 'updated', 'deleted'],
    readScopes: ['spark:rooms_read'],
    orgReadScopes: ['spark-compliance:rooms_read'],
    inFirehose: true,
    filters: {
      type: textFilter('type', ['group', 'direct']),
      isLocked: flagFilter((data) => data.isLocked === true),
    },
    present: ({ data }) => ({
      id: encodeWireId('ROOM', data.id as string),
      type: data.type,
      isLocked: data.isLocked,
      creatorId: encodeWireId('PEOPLE', data.creatorId as string),
      created: data.created,
    }),
  },
});
