import { operation } from '@moothall/contract';
import { z } from 'zod';

/** The public keys in both forms that clients read: a JWK set, and the newest one as SubjectPublicKeyInfo. */
export const getVerificationKeys = operation({
  id: 'signing_keys.get',
  method: 'GET',
  base: '/idb',
  path: '/oauth2/v2/keys/verification',
  plane: 'oauth',
  summary: 'Get the keys that check the signatures of this server',
  response: z.strictObject({
    keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('RSA'), n: z.string(), e: z.string() })),
    /** Seconds for which the answer may be kept. */
    key_valid_time: z.int(),
    /** Base64 of DER. */
    new_verification_key: z.string(),
  }),
  source: 'documented',
  coverage: {
    status: 'done',
    testedBy: ['packages/platform/src/identity/signing-keys/signing-keys.test.ts'],
  },
});
