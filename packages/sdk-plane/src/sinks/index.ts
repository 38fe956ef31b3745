import type { Mount } from '@moothall/http';
import type { Resource, World } from '@moothall/platform';
import {
  finishLogUpload,
  postMetrics,
  postMetricsBeforeLogin,
  postTelemetry,
  startLogUpload,
  uploadLog,
} from './sinks.contract.ts';

function mountSinks(mount: Mount, { ids }: World): void {
  for (const taken of [postMetrics, postMetricsBeforeLogin, postTelemetry, uploadLog])
    mount(taken, () => undefined);
  mount(startLogUpload, ({ baseUrl, actor }) => {
    const uploadId = ids.uuid();
    const tempURL = `${baseUrl}${uploadLog.base}/uploads/${uploadId}`;
    return { tempURL, logFilename: `${uploadId}.log`, userId: actor.personId };
  });
  mount(finishLogUpload, ({ actor }) => ({ userId: actor.personId }));
}

/** Takes what the official SDK reports about itself, and keeps nothing of it. */
export const sinks: Resource = {
  name: 'sdk-sinks',
  area: 'sdk',
  operations: [
    postMetrics,
    postMetricsBeforeLogin,
    postTelemetry,
    startLogUpload,
    uploadLog,
    finishLogUpload,
  ],
  routes: mountSinks,
};
