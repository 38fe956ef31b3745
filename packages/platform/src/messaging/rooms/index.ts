import { encodeWireId } from '@moothall/core';
import { resource, type WebhookFilter } from '../../resource.ts';
import { createRoom, getRoom, listRooms } from './rooms.contract.ts';
import { roomWriteErrors } from './rooms.errors.ts';
import { mountRooms } from './rooms.routes.ts';

const equals = (key: string): WebhookFilter => ({
  parse: (value) => value,
  matches: (data, value) => String(data[key]) === value,
});

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
    inFirehose: true,
    filters: { type: equals('type'), isLocked: equals('isLocked') },
    present: ({ data }) => ({
      id: encodeWireId('ROOM', data.id as string),
      type: data.type,
      isLocked: data.isLocked,
      creatorId: encodeWireId('PEOPLE', data.creatorId as string),
      created: data.created,
    }),
  },
});
