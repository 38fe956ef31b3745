import { operation } from '@moothall/contract';
import { z } from 'zod';

/** Where the caller is, as far as a server that asks nobody can tell: the region of all its ids, and UTC. */
export const getRegion = operation({
  id: 'sdk.region.get',
  method: 'GET',
  path: '/region',
  summary: 'Tell the SDK its region',
  response: z.strictObject({
    clientAddress: z.string(),
    countryCode: z.string(),
    regionCode: z.string(),
    clientRegion: z.string(),
    timezone: z.string(),
  }),
  source: 'as-observed',
  coverage: { status: 'done', testedBy: ['packages/sdk-plane/src/catalog/catalog.test.ts'] },
});
