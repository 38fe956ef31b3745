import { defineErrors } from '@moothall/core';

/** Refusals of toggles. */
export const apheleiaErrors = defineErrors({
  'feature.not_built': {
    status: 501,
    message: 'key: there is no such toggle here; user-presence-enabled is the only one.',
    source: 'decided',
  },
});
