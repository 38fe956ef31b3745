import { defineErrors } from '@moothall/core';

/** Refusals when licences are assigned; the texts and codes with a number are documented. */
export const assignmentErrors = defineErrors({
  'assignment.no_person': {
    status: 400,
    message: 'Either email or personId must be given.',
    source: 'documented',
  },
  'assignment.ambiguous': {
    status: 400,
    message: 'personId and email name different people: give one of them only.',
    source: 'decided',
  },
  'assignment.nothing': {
    status: 400,
    message: 'licenses or siteUrls must name what to add or remove.',
    source: 'decided',
  },
  'assignment.license_not_recognized': {
    status: 400,
    message: 'License not recognized',
    description: 'License not recognized {licenses}',
    errorCode: 400000,
    source: 'documented',
  },
  'assignment.invalid_site': {
    status: 400,
    message: 'Invalid site URL',
    description: 'Request contains invalid attendee siteUrls: {siteUrl}',
    errorCode: 400216,
    source: 'documented',
  },
  'assignment.properties_missing': {
    status: 400,
    message: 'License properties missing',
    description:
      'Each Webex Calling license should contain its own calling properties. The following license(s) do not have properties: {licenses}',
    errorCode: 400411,
    source: 'documented',
  },
  'assignment.messaging_required': {
    status: 400,
    message: 'License prerequisite missing',
    description:
      'Free teams messaging mandatory for paid teams messaging license. The following license could not be applied as requested: {licenses}',
    errorCode: 700003,
    source: 'documented',
  },
  'assignment.no_seats': {
    status: 400,
    message: 'License assignment failed',
    description: 'No seat is left of the following license(s), take one from somebody else first: {licenses}',
    errorCode: 400,
    source: 'decided',
  },
});
