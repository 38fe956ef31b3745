import { startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform();
});
afterAll(() => kit.close());

it('answers that the process runs before it is ready, and that it serves once it is', async () => {
  expect((await kit.anonymous.get('/healthz')).body).toEqual({ status: 'ok' });
  const early = await kit.anonymous.get('/readyz');
  expect([early.status, early.body.message]).toEqual([503, 'The server is not ready: it is starting']);
  kit.platform.markReady();
  expect((await kit.anonymous.get('/readyz')).body).toEqual({ status: 'ready' });
});

it('gives metrics of requests, jobs and readers to a loopback caller', async () => {
  const ada = await kit.addPerson({ name: 'Ada' });
  await ada.api.get('/rooms');
  const { text, status } = await kit.anonymous.get('/metrics');
  expect(status).toBe(200);
  expect(text).toContain('moot_requests_total{operation="rooms.list",status="200"} 1');
  expect(text).toContain('moot_request_duration_seconds_bucket');
  expect(text).toMatch(/^moot_jobs_pending\{queue="\S+"\} \d+$/m);
});
