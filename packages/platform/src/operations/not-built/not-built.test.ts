import { readFileSync } from 'node:fs';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { platformOperations } from './not-built.data.ts';
import { notBuilt } from './not-built.ts';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(() => kit.close());

function served() {
  return kit.world.resources.flatMap((slice) => slice.operations);
}

it('knows every official operation below /v1', () => {
  type Row = { method: string; path: string; tier: number };
  const file = new URL('../../../../../tests/contract/operations.json', import.meta.url);
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Row[];
  const elsewhere = /^\/(idb|\.well-known|u2c|wdm|my-apps)(\/|$)/;
  const expected = rows.filter((row) => !elsewhere.test(row.path));
  expect(platformOperations).toEqual(expected.map(({ method, path, tier }) => [method, path, tier]));
});

it('answers 501 to each that no slice serves, and asks for a token first', async () => {
  const missing = notBuilt(served());
  expect(missing.length).toBeGreaterThan(0);
  for (const [method, path] of missing) {
    const concrete = path.replaceAll(/\{[^}]*\}/g, 'x');
    const reply = await ada.api.request(method, concrete);
    expect([method, path, reply.status]).toEqual([method, path, 501]);
    if (method !== 'HEAD')
      expect(reply.body.message).toBe(`This operation is not built yet: ${method} /v1${path}`);
  }
  expect((await kit.anonymous.get('/xapi/status')).status).toBe(401);
});

it('leaves what slices serve alone, whatever they call their parameters', async () => {
  expect((await ada.api.get('/people/me')).body.id).toBe(ada.wireId);
  const shapes = notBuilt(served()).map(
    ([method, path]) => `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`,
  );
  expect(shapes).not.toContain('GET /people/{}');
  expect(shapes).toContain('GET /xapi/status');
});

it('answers 405 to other methods on their paths, and 404 to unknown paths', async () => {
  const reply = await ada.api.delete('/xapi/status');
  expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET']);
  expect((await ada.api.get('/xapi/nothing')).status).toBe(404);
});
