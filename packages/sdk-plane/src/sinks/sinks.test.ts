import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ limits: { 'request.body': 10_000 } });
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(() => kit.close());

const METRICS = '/metrics/api/v1';
const LOGS = '/logs/api/v1';

it('takes metrics with a token, and before sign-in without one', async () => {
  const before = (await kit.events()).length;
  for (const path of ['/clientmetrics', '/clientmetrics?alias=true', '/metric/v2']) {
    const reply = await ada.api.post(METRICS + path, { metrics: [{ metricName: 'x' }] });
    expect([path, reply.status, reply.text]).toEqual([path, 204, '']);
    expect((await kit.anonymous.post(METRICS + path, {})).status).toBe(401);
  }
  expect((await kit.anonymous.post(`${METRICS}/clientmetrics-prelogin`, {})).status).toBe(204);
  expect(await kit.events()).toHaveLength(before);
});

it('takes bodies of any type, also those that are none', async () => {
  for (const [body, type] of [
    ['{"metrics":', 'application/json'],
    ['\0', 'text/plain'],
    [Buffer.from([0xff, 0xfe]), 'application/octet-stream'],
    [Buffer.from('x'), undefined],
  ] as const) {
    const reply = await ada.api.request('POST', `${METRICS}/clientmetrics`, body, {
      ...(type !== undefined && { 'content-type': type }),
    });
    expect(reply.status).toBe(204);
  }
});

it('refuses bodies that are too large, whether they say so or not', async () => {
  const large = 'x'.repeat(10_001);
  const told = await ada.api.request('POST', `${METRICS}/clientmetrics`, large);
  expect([told.status, told.body.message]).toEqual([413, expect.stringContaining('10000 bytes')]);
  const untold = await fetch(`${kit.baseUrl}${METRICS}/clientmetrics-prelogin`, {
    method: 'POST',
    body: new Blob([large]).stream(),
    duplex: 'half',
  } as RequestInit);
  expect(untold.status).toBe(413);
});

it('takes a log in the three steps of the SDK', async () => {
  const begun = await ada.api.post(`${LOGS}/logs/urls`, {
    file: 'session.txt',
    uploadProtocol: 'content-length',
  });
  expect([begun.status, begun.body.userId]).toEqual([200, ada.id]);
  const { tempURL, logFilename } = begun.body;
  expect(new URL(tempURL).origin).toBe(kit.baseUrl);
  const put = await fetch(tempURL, { method: 'PUT', body: 'line 1\nline 2' });
  expect(put.status).toBe(204);
  const body = { filename: logFilename, data: [{ key: 'trackingId', value: 'x' }], userId: ada.id };
  const done = await ada.api.post(`${LOGS}/logs/meta`, body);
  expect([done.status, done.body]).toEqual([200, { userId: ada.id }]);
});

it('lets pages of any origin report', async () => {
  const asked = 'authorization,content-type,trackingid,x-prelogin-userid';
  for (const path of [`${METRICS}/clientmetrics`, `${METRICS}/clientmetrics-prelogin`, `${LOGS}/logs/urls`]) {
    const headers = { origin: 'https://app.test', 'access-control-request-headers': asked };
    const preflight = await kit.anonymous.request('OPTIONS', path, undefined, headers);
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, asked]);
  }
});
