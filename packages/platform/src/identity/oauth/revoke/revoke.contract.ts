import { z } from 'zod';
import { clientRefusals } from '../clients/clients.errors.ts';
import { oauthErrors } from '../oauth.errors.ts';
import { clientFields, oauthOperations, oauthParameter } from '../oauth-fields.contract.ts';

/** Revokes an access token, or a refresh token with everything that it gave (RFC 7009). */
export const revokeToken = oauthOperations(
  [
    { id: 'oauth.revoke', base: '/v1', path: '/revoke' },
    { id: 'oauth.revoke_idb', base: '/idb', path: '/oauth2/v1/revoke' },
  ],
  {
    method: 'POST',
    summary: 'Revoke an access or refresh token of the client',
    body: z.object({ token: oauthParameter, token_type_hint: oauthParameter, ...clientFields }),
    response: z.strictObject({}),
    errors: [...clientRefusals, oauthErrors['oauth.client_not_allowed']],
    source: 'documented',
    coverage: {
      status: 'done',
      testedBy: ['packages/platform/src/identity/oauth/revoke/revoke.test.ts'],
    },
  },
);
