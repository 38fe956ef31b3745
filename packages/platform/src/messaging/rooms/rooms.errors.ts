import { defineErrors } from '@moothall/core';

/** Refusals when rooms are listed or written. */
export const roomWriteErrors = defineErrors({
  'room.title_empty': { status: 400, message: 'Title cannot be empty.', source: 'as-observed' },
  'room.nothing_to_change': {
    status: 400,
    message:
      'The body names nothing to change: give at least one of title, isLocked, isPublic, description, isAnnouncementOnly, isReadOnly, teamId, classificationId.',
    source: 'decided',
  },
  'room.public_list_alone': {
    status: 400,
    message: 'orgPublicSpaces cannot be combined with {field}: leave one of them out.',
    source: 'documented',
  },
  'room.public_list_only': {
    status: 400,
    message: '{field} filters public spaces only: add orgPublicSpaces=true or leave it out.',
    source: 'decided',
  },
  'room.description_required': {
    status: 400,
    message: 'description: a public room needs one.',
    source: 'documented',
  },
  'room.announcement_needs_lock': {
    status: 400,
    message: 'isAnnouncementOnly: a room can only be put into announcement mode when it is locked.',
    source: 'documented',
  },
  'room.classified': {
    status: 400,
    message: 'isPublic: a classified room cannot be made public.',
    source: 'documented',
  },
  'room.direct_fixed': {
    status: 400,
    message: '{field}: a direct room has none that could be changed.',
    source: 'decided',
  },
  'room.read_only_group': {
    status: 400,
    message: 'isReadOnly: only a direct room can be made read-only.',
    source: 'documented',
  },
  'room.team_fixed': {
    status: 400,
    message: 'teamId: the room belongs to a team already and cannot be moved to another.',
    source: 'documented',
  },
  'room.moderators_not_in_team': {
    status: 400,
    message: 'teamId: every moderator of the room must be in the team; add them to it or demote them first.',
    source: 'documented',
  },
  'room.bot_classifies': {
    status: 403,
    message: 'classificationId: a bot cannot create and classify a room at once.',
    source: 'documented',
  },
  'room.members_only': {
    status: 403,
    message:
      'A compliance officer who is not in the room may change classificationId, isAnnouncementOnly, description and isPublic only; isReadOnly of a direct room too.',
    source: 'documented',
  },
  'room.officer_only': {
    status: 403,
    message: 'Only a compliance officer may make a private room public or a direct room read-only.',
    source: 'documented',
  },
  'room.general_moderator': {
    status: 403,
    message: 'Only a moderator of the team may change the title or the lock of its general room.',
    source: 'decided',
  },
  'room.direct_stays': {
    status: 400,
    message: 'Failed to delete room.',
    description: 'Failed to delete room: a direct room cannot be deleted.',
    source: 'as-observed',
  },
  'room.general_stays': {
    status: 400,
    message: 'Failed to delete room.',
    description: "Failed to delete room: a team's general room goes with its team, delete that.",
    source: 'as-observed',
  },
  'room.meeting_info_ended': {
    status: 404,
    message:
      'Meeting details of rooms ended on 31 January 2025: schedule a meeting with POST /meetings instead.',
    source: 'decided',
  },
});
