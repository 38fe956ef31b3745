import { operation, userAccess } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import { z } from 'zod';

const places = [
  { id: 'oauth.userinfo', method: 'GET', base: '/v1', path: '/userinfo' },
  { id: 'oauth.userinfo_post', method: 'POST', base: '/v1', path: '/userinfo' },
  { id: 'oauth.userinfo_idb', method: 'GET', base: '/idb', path: '/oauth2/v1/userinfo' },
] as const;

/** Who the holder of a token is, as far as its scopes tell (OpenID Connect); in `cloud` only. */
export const getUserInfo = places.map((place) =>
  operation({
    ...place,
    summary: 'Get the claims of the person of a token',
    access: userAccess('openid'),
    response: z.strictObject({
      sub: z.string(),
      email: z.string().optional(),
      email_verified: z.boolean().optional(),
      name: z.string().optional(),
    }),
    errors: [generalErrors['resource.not_found']],
    source: 'documented',
    coverage: {
      status: 'done',
      testedBy: ['packages/platform/src/identity/oauth/openid/openid.test.ts'],
    },
  }),
);
