import { defineErrors } from '@moothall/core';

/** Refusals about people. */
export const peopleErrors = defineErrors({
  'person.not_found': {
    status: 404,
    message: 'Could not find a person with provided ID.',
    source: 'decided',
  },
  'person.email_not_found': { status: 404, message: '{email} not found.', source: 'as-observed' },
  'person.not_specified': {
    status: 400,
    message: 'Must specify either personId or personEmail.',
    source: 'as-observed',
  },
  'person.ambiguous': {
    status: 400,
    message: 'personId and personEmail name different people: give one of them only.',
    source: 'decided',
  },
});
