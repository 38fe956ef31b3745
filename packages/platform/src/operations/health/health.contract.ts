import { operation } from '@moothall/contract';
import { defineErrors } from '@moothall/core';
import { z } from 'zod';

/** Refusals of the operators' endpoints. */
export const healthErrors = defineErrors({
  'health.not_ready': { status: 503, message: 'The server is not ready: {reason}', source: 'decided' },
  'metrics.not_allowed': {
    status: 403,
    message: 'Metrics are for loopback callers, or for the bearer token that the operator set.',
    source: 'decided',
  },
});

const testedBy = ['packages/platform/src/operations/health/health.test.ts'];
const shared = {
  method: 'GET',
  base: '',
  source: 'decided',
  coverage: { status: 'done', testedBy },
} as const;

/** Tells that the process runs. */
export const healthz = operation({
  ...shared,
  id: 'operations.healthz',
  path: '/healthz',
  summary: 'Whether the process runs',
  response: z.strictObject({ status: z.literal('ok') }),
});

/** Tells whether requests can be served: the database answers and the start is over. */
export const readyz = operation({
  ...shared,
  id: 'operations.readyz',
  path: '/readyz',
  summary: 'Whether the server can serve',
  response: z.strictObject({ status: z.literal('ready') }),
  errors: [healthErrors['health.not_ready']],
});

/** Metrics in Prometheus' text form. */
export const metrics = operation({
  ...shared,
  id: 'operations.metrics',
  path: '/metrics',
  summary: 'Metrics',
  replies: 'bytes',
  errors: [healthErrors['metrics.not_allowed']],
});
