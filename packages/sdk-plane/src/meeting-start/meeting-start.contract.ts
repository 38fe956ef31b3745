import { operation, userAccess } from '@moothall/contract';
import { z } from 'zod';

const common = {
  access: userAccess(),
  source: 'as-observed',
  coverage: { status: 'done', testedBy: ['packages/sdk-plane/src/meeting-start/meeting-start.test.ts'] },
} as const;

const mediaClusters = {
  ...common,
  base: '/calliope/api/discovery/v1',
  path: '/clusters',
  response: z.strictObject({
    clusters: z.record(z.string(), z.unknown()),
    joinCookie: z.record(z.string(), z.string()),
  }),
};

/** Media clusters whose reach a program is to measure: there are none. The older line of the SDK asks by GET. */
export const getMediaClusters = operation({
  ...mediaClusters,
  id: 'sdk.mediaClusters.list',
  method: 'GET',
  summary: 'List media clusters to measure',
});

/** The same for the newer line, which tells of itself on the way. */
export const queryMediaClusters = operation({
  ...mediaClusters,
  id: 'sdk.mediaClusters.query',
  method: 'POST',
  summary: 'List media clusters to measure, by a query',
  discardsBody: true,
});
