import { defineErrors } from '@moothall/core';

/** Refusals about rooms as such. */
export const roomErrors = defineErrors({
  'room.not_found': {
    status: 404,
    message: 'Could not find a room with provided ID.',
    source: 'as-observed',
  },
  'room.not_moderator': {
    status: 403,
    message: 'Only a moderator may do this in a locked room.',
    source: 'decided',
  },
  'room.archived': { status: 403, message: 'The room is archived.', source: 'decided' },
  'room.read_only': {
    status: 403,
    message: 'The room is read-only: a compliance officer has closed it to new content.',
    source: 'decided',
  },
  'room.full': {
    status: 400,
    message: 'The room has {limit} members, which is the most.',
    source: 'decided',
  },
});
