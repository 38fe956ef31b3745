import type { Resource } from '@moothall/platform';
import { getKms, postKmsMessages } from './kms.contract.ts';
import { mountKms } from './kms.routes.ts';

export { kmsReplyFrames } from './kms.projection.ts';

/** Where the official SDK gets the keys that encrypt content. */
export const kms: Resource = {
  name: 'sdk-kms',
  area: 'sdk',
  operations: [getKms, postKmsMessages],
  routes: mountKms,
};
