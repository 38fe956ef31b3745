import type { Operation } from '@moothall/contract';
import { labOperations } from '@moothall/lab';
import { operationsOf, processOperations, registry } from '@moothall/platform';
import { sdkPlane } from '@moothall/sdk-plane';
import { isOfficial, type OurOperation } from '../coverage-matrix.ts';

/** Every operation that a server answers, in the order of the registry; the lab's in lab mode only. */
export const allOperations: readonly Operation[] = [
  ...operationsOf({ resources: registry }),
  ...operationsOf({ resources: sdkPlane }),
  ...processOperations,
  ...labOperations,
];

/** Operations below `/v1` that no official description has. */
const ownBelowV1 = new Set([
  'incomingWebhooks.post',
  'oauth.metadata_v1',
  'oauth.openid_metadata_v1',
  'oauth.revoke',
  'oauth.userinfo_post',
  'sdk.region.get',
]);

/** An operation as the coverage matrix reads it. */
export function coverageOf({ id, method, fullPath, base, coverage }: Operation): OurOperation {
  const { status, testedBy, note } = coverage;
  const isOwn = base !== '/v1' || ownBelowV1.has(id);
  const extension = isOwn && !isOfficial({ method, path: fullPath });
  return {
    id,
    method,
    path: fullPath,
    status,
    testedBy,
    ...(note && { note }),
    ...(extension && { extension }),
  };
}
