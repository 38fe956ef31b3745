import { operation, userAccess } from '@moothall/contract';
import { z } from 'zod';

const common = {
  source: 'as-observed',
  coverage: { status: 'done', testedBy: ['packages/sdk-plane/src/sinks/sinks.test.ts'] },
} as const;

const metrics = { ...common, base: '/metrics/api/v1', method: 'POST', discardsBody: true } as const;
const logs = { ...common, base: '/logs/api/v1' } as const;

/** Takes measures of a program that has a token. */
export const postMetrics = operation({
  ...metrics,
  id: 'sdk.metrics.post',
  path: '/clientmetrics',
  summary: 'Take metrics of the SDK',
  access: userAccess(),
});

/** Takes measures of a program that has none yet. */
export const postMetricsBeforeLogin = operation({
  ...metrics,
  id: 'sdk.metrics.postBeforeLogin',
  path: '/clientmetrics-prelogin',
  summary: 'Take metrics of the SDK before sign-in',
});

/** Takes measures of media. */
export const postTelemetry = operation({
  ...metrics,
  id: 'sdk.telemetry.post',
  path: '/metric/v2',
  summary: 'Take telemetry of the SDK',
  access: userAccess(),
});

/** Tells a program where to put its log. */
export const startLogUpload = operation({
  ...logs,
  id: 'sdk.logs.start',
  method: 'POST',
  path: '/logs/urls',
  summary: 'Begin an upload of a log',
  access: userAccess(),
  discardsBody: true,
  response: z.strictObject({ tempURL: z.string(), logFilename: z.string(), userId: z.string() }),
});

/** Takes the bytes of a log; the SDK sends no token along. */
export const uploadLog = operation({
  ...logs,
  id: 'sdk.logs.upload',
  method: 'PUT',
  path: '/uploads/{uploadId}',
  summary: 'Upload a log',
  params: z.object({ uploadId: z.string() }),
  discardsBody: true,
});

/** Ends the upload of a log. */
export const finishLogUpload = operation({
  ...logs,
  id: 'sdk.logs.finish',
  method: 'POST',
  path: '/logs/meta',
  summary: 'End an upload of a log',
  access: userAccess(),
  discardsBody: true,
  response: z.strictObject({ userId: z.string() }),
});
