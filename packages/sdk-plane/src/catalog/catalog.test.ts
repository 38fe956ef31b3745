import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presentCatalog } from './catalog.present.ts';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada' });
});
afterAll(() => kit.close());

const U2C = '/u2c/api/v1';

describe('the catalog', () => {
  it('links every service under the base by which the caller came', async () => {
    const reply = await kit.anonymous.get(`${U2C}/limited/catalog?orgId=${kit.orgId}&format=hostmap`);
    expect([reply.status, reply.body.format]).toEqual([200, 'hostmap']);
    const { serviceLinks } = reply.body;
    expect(serviceLinks).toMatchObject({
      hydra: `${kit.baseUrl}/v1/`,
      wdm: `${kit.baseUrl}/wdm/api/v1`,
      conversation: `${kit.baseUrl}/conversation/api/v1`,
      encryption: `${kit.baseUrl}/encryption/api/v1`,
      idbroker: kit.baseUrl,
      identity: kit.baseUrl,
      mercury: `${kit.baseUrl.replace('http:', 'ws:')}/mercury`,
    });
    const foreign = Object.values<string>(serviceLinks).filter(
      (url) => new URL(url).host !== new URL(kit.baseUrl).host,
    );
    expect(foreign).toEqual([]);
  });

  it('names hosts with and without a port, and none of them has one in its entries', async () => {
    const { hostCatalog } = (await kit.anonymous.get(`${U2C}/limited/catalog`)).body;
    const { host } = new URL(kit.baseUrl);
    expect(Object.keys(hostCatalog)).toEqual([host, '127.0.0.1']);
    for (const entries of Object.values(hostCatalog))
      expect(entries).toEqual([
        { host: '127.0.0.1', ttl: -1, priority: 5, id: 'urn:TEAM:us-east-2_a:conversation' },
        { host: '127.0.0.1', ttl: -1, priority: 5, id: 'urn:TEAM:us-east-2_a:identityLookup' },
      ]);
  });

  it('has one host where the port is the usual one', () => {
    const request = { format: undefined, orgId: '', nowMs: 0 };
    const made = presentCatalog({ ...request, baseUrl: 'https://moot.example' });
    expect(made).toMatchObject({
      serviceLinks: { hydra: 'https://moot.example/v1/', mercury: 'wss://moot.example/mercury' },
    });
    expect('hostCatalog' in made && Object.keys(made.hostCatalog)).toEqual(['moot.example']);
  });

  it('is the same after sign-in, and asks for a token', async () => {
    const open = (await kit.anonymous.get(`${U2C}/limited/catalog?mode=DEFAULT_BY_PROXIMITY`)).body;
    for (const path of ['/catalog?format=hostmap&timestamp=1', '/signin/catalog?emailhash=x']) {
      expect((await kit.anonymous.get(U2C + path)).status).toBe(401);
      expect((await ada.api.get(U2C + path)).body).toEqual(open);
    }
  });

  it('comes in the newer form for those who ask for it', async () => {
    const { body } = await ada.api.get(`${U2C}/catalog?format=U2CV2`);
    expect(body).toMatchObject({
      format: 'U2CV2',
      orgId: kit.orgId,
      timestamp: expect.stringMatching(/^\d+$/),
    });
    expect(body.activeServices.wdm).toBe('urn:TEAM:us-east-2_a:wdm');
    expect(body.services).toContainEqual({
      id: 'urn:TEAM:us-east-2_a:wdm',
      serviceName: 'wdm',
      serviceUrls: [{ baseUrl: `${kit.baseUrl}/wdm/api/v1`, host: '127.0.0.1', priority: 5 }],
    });
    const limited = await kit.anonymous.get(`${U2C}/limited/catalog?format=U2CV2&orgId=o`);
    expect(limited.body.orgId).toBe('o');
  });

  it('is open to pages of any origin, with the headers that the SDK sends', async () => {
    const asked = 'authorization,cisco-no-http-redirect,spark-user-agent,trackingid';
    const preflight = await kit.anonymous.request('OPTIONS', `${U2C}/catalog`, undefined, {
      origin: 'https://app.test',
      'access-control-request-headers': asked,
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, asked]);
    const reply = await kit.anonymous.get(`${U2C}/limited/catalog`, { origin: 'https://app.test' });
    const exposed = reply.headers.get('access-control-expose-headers')!.toLowerCase().split(', ');
    for (const header of ['link', 'trackingid', 'etag', 'retry-after', 'cisco-location'])
      expect(exposed).toContain(header);
  });
});

it('tells the SDK its region', async () => {
  const { status, body } = await kit.anonymous.get('/v1/region');
  expect([status, body.clientAddress, body.countryCode, body.timezone]).toEqual([
    200,
    '127.0.0.1',
    'US',
    'UTC',
  ]);
});
