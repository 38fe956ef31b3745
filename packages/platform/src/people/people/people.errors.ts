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
  'people.not_narrowed': {
    status: 400,
    message: 'email, displayName or id must be given: only administrators may list everybody.',
    source: 'decided',
  },
  'people.too_many_ids': {
    status: 400,
    message: 'id: at most {limit} ids may be looked up at once.',
    source: 'documented',
  },
  'people.unknown_role': {
    status: 400,
    message: 'roles: at least one is no role; GET /roles lists them.',
    source: 'decided',
  },
  'person.exists': {
    status: 409,
    message: 'A person with this e-mail address exists already.',
    source: 'decided',
  },
  'person.nameless': {
    status: 400,
    message: 'displayName, firstName or lastName must be given.',
    source: 'documented',
  },
  'person.bot_address': {
    status: 400,
    message: 'emails: addresses at {domain} belong to bots; give another.',
    source: 'decided',
  },
  'person.self_deletion': {
    status: 403,
    message: 'Administrators cannot delete themselves: ask another administrator.',
    source: 'decided',
  },
  'person.self_deactivation': {
    status: 403,
    message: 'Administrators cannot deactivate themselves: ask another administrator.',
    source: 'decided',
  },
  'person.last_admin': {
    status: 400,
    message:
      'This is the last full administrator who can sign in: make somebody else a full administrator first.',
    source: 'decided',
  },
  'person.email_refused': { status: 400, message: '{field}: {reason}', source: 'decided' },
  'person.sandbox_full': {
    status: 400,
    message: 'A developer sandbox has at most {limit} people: delete one first.',
    source: 'documented',
  },
});
