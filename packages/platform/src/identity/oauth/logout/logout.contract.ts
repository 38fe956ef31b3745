import { z } from 'zod';
import { oauthErrors } from '../oauth.errors.ts';
import { oauthOperations, oauthParameter } from '../oauth-fields.contract.ts';

/** Ends the session of our pages and sends the browser on, as the official SDK asks for. */
export const logOut = oauthOperations([{ id: 'oauth.log_out', base: '/idb', path: '/oauth2/v1/logout' }], {
  method: 'GET',
  summary: 'Sign the browser out and send it on',
  query: z.object({ goto: oauthParameter }),
  replies: 'redirect',
  errors: [oauthErrors['oauth.goto_unknown']],
  source: 'as-observed',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/identity/oauth/logout/logout.test.ts'],
  },
});
