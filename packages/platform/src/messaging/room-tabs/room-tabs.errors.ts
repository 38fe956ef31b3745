import { defineErrors } from '@moothall/core';

/** Refusals about room tabs. */
export const roomTabErrors = defineErrors({
  'room_tab.not_found': {
    status: 404,
    message: 'Could not find a room tab with provided ID.',
    source: 'decided',
  },
  'room_tab.room_required': {
    status: 400,
    message: "Required String parameter 'roomId' is not present",
    source: 'as-observed',
  },
  'room_tab.room_null': { status: 400, message: 'roomId cannot be null', source: 'as-observed' },
  'room_tab.url_invalid': {
    status: 400,
    message:
      'contentUrl: give an absolute URL that starts with https:// or http:// and holds no user or password.',
    source: 'decided',
  },
  'room_tab.name_empty': {
    status: 400,
    message: 'displayName: give the tab a name, it cannot be empty.',
    source: 'decided',
  },
  'room_tab.nothing_to_change': {
    status: 400,
    message: 'The body names nothing to change: give contentUrl, displayName or both.',
    source: 'decided',
  },
  'room_tab.room_fixed': {
    status: 400,
    message: 'roomId: the tab belongs to another room; leave it out or name that one.',
    source: 'decided',
  },
  'room_tab.too_many': {
    status: 400,
    message: 'The room has {limit} tabs, which is the most: delete one first.',
    source: 'decided',
  },
});
