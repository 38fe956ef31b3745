import {
  type AnyBody,
  type ApiClient,
  startTestPlatform,
  type TestPerson,
  type TestPlatform,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DEVICES = '/wdm/api/v1/devices';
const asked = {
  name: 'Tab',
  deviceType: 'WEB',
  model: 'web-js-sdk',
  localizedModel: 'webex-js-sdk',
  systemName: 'WEBEX_JS_SDK',
  systemVersion: '1.0.0',
};

let kit: TestPlatform;
let ada: TestPerson;
let ben: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
  ben = await kit.addPerson({ name: 'Ben' });
});
afterAll(() => kit.close());

const register = (api: ApiClient, more: Record<string, unknown> = {}) =>
  api.post(DEVICES, { ...asked, ...more });
const pathOf = (url: string) => new URL(url).pathname;

async function eventsOf(personId: string): Promise<string[]> {
  const events = (await kit.events()).filter((event) => event.resource === 'registrations');
  return events.filter((event) => event.data.personId === personId).map(({ event }) => event);
}

async function listed(api: ApiClient): Promise<AnyBody[]> {
  return (await api.get(DEVICES)).body.devices;
}

describe('device registrations', () => {
  it('are made, shown, refreshed, listed and ended, each with its event', async () => {
    const cy = await kit.addPerson({ name: 'Cy' });
    const made = await register(cy.api, { ttl: 1800, unknown: { to: 'us' } });
    const id = made.body.url.split('/').at(-1);
    expect([made.status, made.body]).toEqual([
      200,
      {
        ...asked,
        url: `${kit.baseUrl}${DEVICES}/${id}`,
        webSocketUrl: `${kit.baseUrl.replace('http', 'ws')}/mercury/v1/apps/wx2/registrations/${id}/messages`,
        userId: cy.id,
        orgId: kit.orgId,
        creationTime: expect.stringMatching(/Z$/),
        modificationTime: made.body.creationTime,
        isDeviceManaged: false,
        services: {},
        intranetInactivityDuration: 0,
        inNetworkInactivityDuration: 0,
        intranetInactivityCheckUrl: '',
        clientMessagingGiphy: 'ALLOW',
        ecmEnabledForAllUsers: false,
        ecmSupportedStorageProviders: [],
        peopleInsightsEnabled: false,
        webFileShareControl: 'NONE',
        whiteboardFileShareControl: 'ALLOW',
        features: { developer: [], entitlement: [], user: [] },
      },
    ]);
    const path = pathOf(made.body.url);
    const shown = await cy.api.get(path);
    expect(shown.body).toEqual(made.body);
    const etag = made.headers.get('etag');
    expect([etag, shown.headers.get('etag')]).toEqual([expect.stringMatching(/^"\w+"$/), etag]);
    const refreshed = await cy.api.put(path, { ...made.body, ttl: 1800 }, { 'if-none-match': etag! });
    expect([refreshed.status, refreshed.body]).toEqual([
      200,
      { ...made.body, modificationTime: expect.stringMatching(/Z$/) },
    ]);
    expect(await listed(cy.api)).toEqual([refreshed.body]);
    expect((await cy.api.delete(path)).status).toBe(204);
    expect(await listed(cy.api)).toEqual([]);
    for (const reply of [await cy.api.get(path), await cy.api.put(path, {}), await cy.api.delete(path)])
      expect([reply.status, reply.body.message, reply.body.errors.length, reply.body.trackingId]).toEqual([
        404,
        'Could not find a device registration with provided ID.',
        1,
        expect.any(String),
      ]);
    expect(await eventsOf(cy.id)).toEqual(['created', 'updated', 'deleted']);
  });

  it('are all ended at once, and only those of the caller', async () => {
    const cy = await kit.addPerson({ name: 'Cy' });
    for (const api of [cy.api, cy.api, ben.api]) await register(api);
    expect((await cy.api.delete(DEVICES)).status).toBe(204);
    expect([(await listed(cy.api)).length, (await listed(ben.api)).length]).toEqual([0, 1]);
    expect(await eventsOf(cy.id)).toEqual(['created', 'created', 'deleted', 'deleted']);
  });

  it('are open to any token: of bots, and of tokens without a scope', async () => {
    const bot = await kit.addBot();
    const nothing = await kit.mint(ada, []);
    for (const api of [bot.api, nothing]) expect((await register(api)).status).toBe(200);
    expect((await register(kit.anonymous)).status).toBe(401);
  });

  it('keep what programs say of themselves, cut where it is too long', async () => {
    const dan = await kit.addPerson({ name: 'Dan' });
    const made = await register(dan.api, { name: '😀'.repeat(300), model: undefined });
    expect([made.status, made.body.name, made.body.model]).toEqual([200, '😀'.repeat(256), '']);
  });

  it.each([
    [{ ttl: 'soon' }, 'ttl: expected a number of seconds'],
    [{ ttl: 0 }, 'ttl: expected at least 1 second'],
    [{ ttl: -1 }, 'ttl: expected at least 1 second'],
    [{ name: 5 }, expect.stringMatching(/^name: /)],
  ])('refuse %j', async (more, message) => {
    const reply = await register(ada.api, more);
    expect([reply.status, reply.body.message]).toEqual([400, message]);
  });

  it('of another person are not there, whatever is asked', async () => {
    const path = pathOf((await register(ada.api)).body.url);
    const admin = await kit.addPerson({ name: 'Olga', roles: ['full_admin', 'compliance_officer'] });
    const foreigner = await kit.addPerson({ org: await kit.addOrg('Other') });
    for (const { api } of [ben, admin, foreigner]) {
      const replies = [await api.get(path), await api.put(path, { ttl: 60 }), await api.delete(path)];
      expect(replies.map((reply) => reply.status)).toEqual([404, 404, 404]);
    }
    expect((await ada.api.get(path)).status).toBe(200);
    for (const odd of ['x', '%20', ada.wireId])
      expect((await ada.api.get(`${DEVICES}/${odd}`)).status).toBe(404);
  });

  it('end with the account', async () => {
    const admin = await kit.addPerson({
      name: 'Root',
      roles: ['full_admin'],
      scopes: ['spark-admin:people_write'],
    });
    const eve = await kit.addPerson({ name: 'Eve' });
    await register(eve.api);
    expect((await admin.api.delete(`/people/${eve.wireId}`)).status).toBe(204);
    expect(await eventsOf(eve.id)).toEqual(['created', 'deleted']);
  });
});
