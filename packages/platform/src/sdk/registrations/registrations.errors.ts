import { defineErrors } from '@moothall/core';

/** Refusals about registrations of the official SDK. */
export const registrationErrors = defineErrors({
  'registration.not_found': {
    status: 404,
    message: 'Could not find a device registration with provided ID.',
    source: 'decided',
  },
  // Newer SDKs look for exactly this message and then make room; the description is the one that the FAQ quotes.
  'registration.too_many': {
    status: 403,
    message: 'User has excessive device registrations',
    description: 'Device limit exceeded for participant',
    source: 'documented',
  },
});
