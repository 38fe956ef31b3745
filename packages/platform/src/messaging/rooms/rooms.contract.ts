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
import { teamErrors } from '../team-access/team-access.errors.ts';
import { roomWriteErrors } from './rooms.errors.ts';

const folder = 'packages/platform/src/messaging/rooms';
const testedBy = [`${folder}/rooms.test.ts`];

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
const description = z.string().max(limitLedger['room.description'].value);

/** Lists the caller's rooms, those of a team too that they may join, or the public rooms of their organisation. */
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
    sortBy: z.enum(['id', 'lastactivity', 'created']).optional(),
    max: pageSize(limitLedger['page.default'].value, limitLedger['page.max'].value),
    cursor: z.string().optional(),
  }),
  response: listOf(room),
  errors: [roomWriteErrors['room.public_list_alone'], roomWriteErrors['room.public_list_only']],
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
    description: description.optional(),
    isAnnouncementOnly: flag.optional(),
  }),
  response: room,
  errors: [
    roomWriteErrors['room.title_empty'],
    roomWriteErrors['room.description_required'],
    roomWriteErrors['room.announcement_needs_lock'],
    roomWriteErrors['room.bot_classifies'],
    teamErrors['team.not_found'],
  ],
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

/** Changes a room; any subset of the fields. */
export const updateRoom = operation({
  id: 'rooms.update',
  method: 'PUT',
  path: '/rooms/{roomId}',
  summary: 'Update a room',
  access: messagingAccess('rooms_write'),
  params,
  body: z.object({
    title: title.optional(),
    classificationId: wireUuid('CLASSIFICATION').optional(),
    teamId: wireUuid('TEAM').optional(),
    isLocked: flag.optional(),
    isPublic: flag.optional(),
    description: description.optional(),
    isAnnouncementOnly: flag.optional(),
    isReadOnly: flag.optional(),
  }),
  response: room,
  errors: [
    roomWriteErrors['room.title_empty'],
    roomWriteErrors['room.nothing_to_change'],
    roomWriteErrors['room.description_required'],
    roomWriteErrors['room.announcement_needs_lock'],
    roomWriteErrors['room.classified'],
    roomWriteErrors['room.direct_fixed'],
    roomWriteErrors['room.read_only_group'],
    roomWriteErrors['room.team_fixed'],
    roomWriteErrors['room.moderators_not_in_team'],
    roomWriteErrors['room.members_only'],
    roomWriteErrors['room.officer_only'],
    roomWriteErrors['room.general_moderator'],
    roomErrors['room.not_moderator'],
    roomErrors['room.archived'],
    roomErrors['room.not_found'],
    teamErrors['team.not_found'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: [`${folder}/update-room.test.ts`] },
});

/** Deletes a room, archives one of a team, or takes the caller out of a room that they may not delete. */
export const deleteRoom = operation({
  id: 'rooms.delete',
  method: 'DELETE',
  path: '/rooms/{roomId}',
  summary: 'Delete a room',
  access: userAccess('spark:rooms_write'),
  params,
  errors: [
    roomWriteErrors['room.direct_stays'],
    roomWriteErrors['room.general_stays'],
    roomErrors['room.not_found'],
  ],
  source: 'documented',
  coverage: { status: 'done', testedBy: [`${folder}/delete-room.test.ts`] },
});

/** Showed the meeting behind a room until 31 January 2025; refuses now, to members only with the reason. */
export const getRoomMeetingInfo = operation({
  id: 'rooms.meeting-info',
  method: 'GET',
  path: '/rooms/{roomId}/meetingInfo',
  summary: 'Get room meeting details (ended)',
  access: userAccess('spark:rooms_read'),
  params,
  response: z.never(),
  errors: [roomWriteErrors['room.meeting_info_ended'], roomErrors['room.not_found']],
  source: 'documented',
  coverage: { status: 'done', testedBy, note: 'past its documented end of life, answers 404' },
});
