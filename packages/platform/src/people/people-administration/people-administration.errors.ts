import { defineErrors } from '@moothall/core';

/** Refusals when administrators manage people on the pages of the hub. */
export const administrationErrors = defineErrors({
  'person.changed_meanwhile': {
    status: 409,
    message: 'This person was changed since you opened the page: reload it, then make your change again.',
    source: 'decided',
  },
  'person.not_pending': {
    status: 409,
    message: 'This person has accepted the invitation already: reload the page.',
    source: 'decided',
  },
  'people.unknown_license': {
    status: 400,
    message: 'licenses: at least one is no licence of the organisation; choose from its licences.',
    source: 'decided',
  },
  'people.no_seats': {
    status: 400,
    message: 'licenses: no free seat of {licenses}; take it from somebody else first.',
    source: 'decided',
  },
});
