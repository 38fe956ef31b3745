import {
  flag,
  idText,
  listOf,
  messagingAccess,
  operation,
  pageSize,
  timestamp,
  timeText,
  userAccess,
  wireUuid,
} from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { roomErrors } from '../room-access/room-access.errors.ts';
import { roomWriteErrors } from './rooms.errors.ts';

const testedBy = ['packages/platform/src/messaging/rooms/rooms.test.ts'];

/** A room on the wire. */
export const room = z.strictObject({
  id: idText,
  title: z.string(),
  type: z.enum(['group', 'direct']),
  isLocked: z.boolean(),
  isPublic: z.boolean(),
  isAnnouncementOnly: z.boolean(),
  isReadOnly: z.boolean(),
  lastActivity: timeText,
  creatorId: idText,
  created: timeText,
  ownerId: idText,
  teamId: idText.optional(),
  description: z.string().optional(),
  madePublic: timeText.optional(),
  classificationId: idText.optional(),
});

const params = z.object({ roomId: wireUuid('ROOM') });
const title = z.string().max(limitLedger['room.title'].value);

/** Lists the caller's rooms, or the public rooms of their organisation. */
export const listRooms = operation({
  id: 'rooms.list',
  method: 'GET',
  path: '/rooms',
  summary: 'List rooms',
  access: userAccess('spark:rooms_read'),
  query: z.object({
    teamId: wireUuid('TEAM').optional(),
    type: z.enum(['group', 'direct']).optional(),
    orgPublicSpaces: flag.optional(),
    from: timestamp.optional(),
    to: timestamp.optional(),
    sortBy: z.enum(['id', 'lastactivity', 'created']).default('lastactivity'),
    max: pageSize(100, 1000),
    cursor: z.string().optional(),
  }),
  response: listOf(room),
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Creates a group room; the caller is its first member. */
export const createRoom = operation({
  id: 'rooms.create',
  method: 'POST',
  path: '/rooms',
  summary: 'Create a room',
  access: userAccess('spark:rooms_write'),
  body: z.object({
    title: title.optional(),
    teamId: wireUuid('TEAM').optional(),
    classificationId: wireUuid('CLASSIFICATION').optional(),
    isLocked: flag.optional(),
    isPublic: flag.optional(),
    description: z.string().max(limitLedger['room.description'].value).optional(),
    isAnnouncementOnly: flag.optional(),
  }),
  response: room,
  errors: [roomWriteErrors['room.title_empty'], roomErrors['room.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});

/** Shows a room. */
export const getRoom = operation({
  id: 'rooms.get',
  method: 'GET',
  path: '/rooms/{roomId}',
  summary: 'Get room details',
  access: messagingAccess('rooms_read'),
  params,
  response: room,
  errors: [roomErrors['room.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy },
});
