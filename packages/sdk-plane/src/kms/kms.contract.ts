import { operation, userAccess, wireUuid } from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { encryptionKeyErrors } from '@moothall/platform/contracts';
import { z } from 'zod';

const common = {
  base: '/encryption/api/v1',
  // No scope is asked for: keys are given to whoever is authorised to them, and to nobody else.
  access: userAccess(),
  source: 'as-observed',
  coverage: { status: 'done', testedBy: ['packages/sdk-plane/src/kms/kms.test.ts'] },
} as const;

/** Tells the caller how to reach the key service. */
export const getKms = operation({
  ...common,
  id: 'sdk.kms.get',
  method: 'GET',
  path: '/kms/{userId}',
  summary: 'Get the key service of a user',
  params: z.object({ userId: wireUuid('PEOPLE') }),
  response: z.strictObject({
    /** Destination of messages. */
    kmsCluster: z.string(),
    /** JSON text of a JWK with the certificate of its key. */
    rsaPublicKey: z.string(),
  }),
  errors: [encryptionKeyErrors['kms.person_not_found']],
});

/** Takes encrypted messages to the key service; the replies come by the socket. */
export const postKmsMessages = operation({
  ...common,
  id: 'sdk.kms.post',
  method: 'POST',
  path: '/kms/messages',
  summary: 'Send messages to the key service',
  body: z.looseObject({
    destination: z.string().optional(),
    kmsMessages: z.array(z.string()).max(limitLedger['kms.messages'].value),
  }),
  response: z.strictObject({}),
  otherSuccesses: [202],
  errors: [encryptionKeyErrors['kms.unreadable'], encryptionKeyErrors['kms.request_invalid']],
});
