import { addLicense, defaultLicenses } from '@moothall/platform';
import {
  type ApiClient,
  addClient,
  refresh,
  startTestPlatform,
  type TestClient,
  type TestPerson,
  type TestPlatform,
  tokensOf,
} from '@moothall/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROUNDS = 2;
const CALLS_PER_OPERATION = 3;
/** Far below the 30 s after which a statement that waits in vain is cut. */
const AT_MOST_MS = 20_000;

let kit: TestPlatform;
let root: TestPerson;
let hub: ApiClient;
let ben: TestPerson;
let client: TestClient;

beforeAll(async () => {
  kit = await startTestPlatform({ maxConnections: 4, unchecked: true });
  await kit.world.store.tx(async (tx) => {
    for (const license of defaultLicenses(kit.orgId)) await addLicense(kit.world, tx, license);
  });
  const scopes = ['spark:all', 'spark-admin:people_read', 'spark-admin:people_write'];
  root = await kit.addPerson({ name: 'Root', roles: ['full_admin'], scopes });
  hub = await kit.page(root, 'hub', 'portal');
  ben = await kit.addPerson({ name: 'Ben' });
  client = await addClient(kit);
});
afterAll(() => kit.close());

/** Calls that lock Ben's row, app, room or webhook and ask for more than that; his deactivation last. */
async function operations(): Promise<Record<string, (turn: number) => Promise<{ status: number }>>> {
  const { refresh_token: refreshToken } = await tokensOf(kit, client, ben);
  const room = (await root.api.post('/rooms', { title: 'Narrow' })).body;
  const webhook = { name: 'W', targetUrl: 'http://127.0.0.1:9/', resource: 'rooms', event: 'all' };
  const { id: webhookId } = (await ben.api.post('/webhooks', webhook)).body;
  const form = { type: 'bot', name: 'Carrier', username: `carrier-${room.id.slice(-8)}` };
  const { app } = (await hub.post('/portal/api/apps', form)).body;
  const user = `/hub/api/users/${ben.wireId}`;
  const names = { emails: [ben.email], displayName: 'Ben' };
  return {
    'PUT person': (turn) =>
      root.api.put(`/people/${ben.wireId}`, { ...names, displayName: `Ben ${turn}`, loginEnabled: true }),
    'POST person': (turn) =>
      root.api.post('/people', { emails: [`${turn}.${room.id.slice(-8)}@acme.test`], displayName: 'New' }),
    'PATCH user': async (turn) => {
      const { version } = (await hub.get(user)).body;
      return hub.patch(user, { version, loginEnabled: true, title: `Title ${turn}` });
    },
    'POST membership': () => root.api.post('/memberships', { roomId: room.id, personEmail: ben.email }),
    'POST membership, bot': () =>
      root.api.post('/memberships', { roomId: room.id, personEmail: app.bot.email }),
    'POST token': () => refresh(kit, client, refreshToken),
    'POST transfer': (turn) =>
      hub.post(`/hub/api/app-transfer/apps/${app.id}`, { toPersonId: [ben, root][turn % 2]!.wireId }),
    'PUT webhook': (turn) => ben.api.put(`/webhooks/${webhookId}`, { ...webhook, name: `W ${turn}` }),
    'POST direct': () => root.api.post('/messages', { toPersonEmail: ben.email, text: 'hi' }),
    'PUT person, off': () => root.api.put(`/people/${ben.wireId}`, { ...names, loginEnabled: false }),
  };
}

async function raced(): Promise<number[]> {
  const calls = Object.values(await operations());
  const turns = Array.from({ length: CALLS_PER_OPERATION }, (_, turn) => turn);
  const replies = await Promise.all(turns.flatMap((turn) => calls.map((call) => call(turn))));
  return replies.map(({ status }) => status);
}

it('transactions on the same rows do not stand still for want of connections', async () => {
  for (const [name, call] of Object.entries(await operations())) {
    const { status } = await call(0);
    expect({ name, status }).toEqual({ name, status: 200 });
  }
  for (let round = 0; round < ROUNDS; round++) {
    // Who was deactivated has lost their token.
    ben = await kit.addPerson({ name: 'Ben' });
    const startedMs = performance.now();
    expect((await raced()).filter((status) => status >= 500)).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(AT_MOST_MS);
  }
}, 120_000);
