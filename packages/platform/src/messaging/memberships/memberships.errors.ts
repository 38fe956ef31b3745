import { defineErrors } from '@moothall/core';

/** Refusals about memberships of rooms. */
export const membershipErrors = defineErrors({
  'membership.room_null': { status: 400, message: 'roomId cannot be null', source: 'as-observed' },
  'membership.room_required': {
    status: 400,
    message: 'roomId must be given with personId or personEmail: only compliance officers may leave it out.',
    source: 'documented',
  },
  'membership.exists': { status: 409, message: 'Person is already in the room.', source: 'as-observed' },
  'membership.not_found': { status: 404, message: 'Failed to get membership', source: 'as-observed' },
  'membership.not_participant': {
    status: 404,
    message: 'User is not a participant of the room.',
    source: 'as-observed',
  },
  'membership.direct_closed': {
    status: 400,
    message: 'roomId: nobody can be added to a direct room; create a group room.',
    source: 'decided',
  },
  'membership.direct_stays': {
    status: 400,
    message: 'Failed to leave room.',
    description: 'Failed to leave room: direct rooms cannot be left; hide it with isRoomHidden.',
    source: 'as-observed',
  },
  'membership.direct_unmoderated': {
    status: 400,
    message: 'isModerator: direct rooms have no moderators.',
    source: 'decided',
  },
  'membership.group_shown': {
    status: 400,
    message: 'isRoomHidden: only direct rooms can be hidden.',
    source: 'documented',
  },
  'membership.nothing_to_change': {
    status: 400,
    message: 'isModerator or isRoomHidden must be given.',
    source: 'decided',
  },
  'membership.not_own': {
    status: 403,
    message: 'isRoomHidden: a room can be hidden for oneself only.',
    source: 'decided',
  },
  'membership.last_moderator': {
    status: 403,
    message: "The last moderator of a team's general room stays: make another member one first.",
    source: 'documented',
  },
  'membership.empty_team_room': {
    status: 403,
    message: 'Nobody is in this room of a team: compliance officers cannot add people to it.',
    source: 'documented',
  },
});
