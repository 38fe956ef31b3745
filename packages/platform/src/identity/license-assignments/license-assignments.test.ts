import { userAccess } from '@moothall/contract';
import { encodeWireId } from '@moothall/core';
import { addLicense, createAuthenticator, defaultLicenses } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admit } from '../../authorize.ts';

const SCOPES = ['spark:all', 'spark-admin:people_write', 'spark-admin:licenses_read'];
const SITE = 'acme.meet.test';

let kit: TestPlatform;
let root: TestPerson;
let foreign: TestPerson;
const MEETINGS = 'Meeting - Webex Meeting Center';
let ids: Record<'Messaging' | 'Advanced Messaging' | 'Calling' | typeof MEETINGS, string>;

const patch = (body: object, api = root.api) => api.patch('/licenses/users', body);
const fresh = (licenses: string[] = []) => kit.addPerson({ licenses });
const add = (id: string, more: object = {}) => ({ id, operation: 'add', ...more });
const remove = (id: string) => ({ id, operation: 'remove' });

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  await kit.world.store.tx(async (tx) => {
    const defaults = defaultLicenses(kit.orgId, SITE);
    for (const license of defaults) await addLicense(kit.world, tx, license);
    const one = { orgId: kit.orgId, key: 'calling', name: 'Calling', totalUnits: 1 };
    await addLicense(kit.world, tx, one);
  });
  root = await kit.addPerson({ roles: ['full_admin'], scopes: SCOPES, licenses: [] });
  const org = await kit.addOrg('Globex');
  foreign = await kit.addPerson({ org, roles: ['full_admin'], scopes: SCOPES });
  const { body } = await root.api.get('/licenses');
  const named = body.items.map((one: { name: string; id: string }) => [one.name, one.id]);
  ids = Object.fromEntries(named) as typeof ids;
});
afterAll(() => kit.close());

describe('PATCH /licenses/users', () => {
  it('adds and removes licences by id or address, and is audited', async () => {
    const person = await fresh();
    const reply = await patch({
      personId: person.wireId,
      licenses: [add(ids.Messaging), { id: ids[MEETINGS] }],
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      orgId: encodeWireId('ORGANIZATION', kit.orgId),
      personId: person.wireId,
      email: person.email,
      licenses: [ids[MEETINGS], ids.Messaging],
      siteUrls: [{ siteUrl: SITE, accountType: 'host' }],
    });
    const less = await patch({ email: person.email.toUpperCase(), licenses: [remove(ids.Messaging)] });
    expect(less.body.licenses).toEqual([ids[MEETINGS]]);
    const { data } = (await kit.events()).filter(({ resource }) => resource === 'audit').at(-1)!;
    expect(data).toMatchObject({
      category: 'LICENSES_CHANGED',
      actionText: expect.stringContaining('to meetings'),
    });
  });

  it('lets the same token through from then on, and stops it when it is taken (F23, F26)', async () => {
    const person = await fresh();
    const authenticate = createAuthenticator(kit.world);
    const access = { ...userAccess('spark:all'), license: 'meetings' };
    const enter = async () => {
      const actor = await authenticate(person.token);
      return admit(actor!, access, { trackingId: 't', steps: [] });
    };
    await expect(enter()).rejects.toMatchObject({ code: 'auth.forbidden' });
    await patch({ personId: person.wireId, licenses: [add(ids[MEETINGS])] });
    expect(await enter()).toEqual(['user']);
    await patch({ personId: person.wireId, licenses: [remove(ids[MEETINGS])] });
    await expect(enter()).rejects.toMatchObject({ code: 'auth.forbidden' });
  });

  it('does what it can where seats run out, and nothing where none is left', async () => {
    const [one, two] = [await fresh(), await fresh()];
    const calling = add(ids.Calling, { properties: { extension: '133' } });
    const first = await patch({ personId: one.wireId, licenses: [calling] });
    expect([first.status, first.body.licenses]).toEqual([200, [ids.Calling]]);
    const part = await patch({ personId: two.wireId, licenses: [calling, add(ids.Messaging)] });
    expect([part.status, part.body.licenses]).toEqual([206, [ids.Messaging]]);
    const none = await patch({ personId: two.wireId, licenses: [calling] });
    expect(none.status).toBe(400);
    expect(none.body).toMatchObject({
      message: 'License assignment failed',
      errors: [{ errorCode: 400, description: expect.stringContaining(ids.Calling) }],
    });
    expect((await patch({ personId: one.wireId, licenses: [calling] })).status).toBe(200);
  });

  it('gives the last seat once, however many ask at once', async () => {
    const person = await fresh();
    const extra = { orgId: kit.orgId, key: 'last', name: 'Last', totalUnits: 1 };
    await kit.world.store.tx((tx) => addLicense(kit.world, tx, extra));
    const { items } = (await root.api.get('/licenses')).body;
    const { id } = items.find(({ name }: { name: string }) => name === 'Last');
    const people = [person, await fresh(), await fresh()];
    const replies = await Promise.all(
      people.map(({ wireId }) => patch({ personId: wireId, licenses: [add(id)] })),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 400, 400]);
  });

  it('gives and takes attendee roles on sites of the organisation', async () => {
    const person = await fresh();
    const attendee = { siteUrl: SITE, accountType: 'attendee' };
    const { personId, ...given } = (await patch({ personId: person.wireId, siteUrls: [attendee] })).body;
    expect([personId, given.siteUrls]).toEqual([person.wireId, [attendee]]);
    const host = await patch({ personId, licenses: [add(ids[MEETINGS])] });
    expect(host.body.siteUrls).toEqual([{ siteUrl: SITE, accountType: 'host' }]);
    for (const siteUrl of [SITE, 'globex.meet.test']) {
      const reply = await patch({ personId, siteUrls: [{ siteUrl, accountType: 'attendee' }] });
      expect(reply.body).toMatchObject({
        message: 'Invalid site URL',
        errors: [
          { errorCode: 400216, description: `Request contains invalid attendee siteUrls: ${siteUrl}` },
        ],
      });
    }
    await patch({
      personId,
      licenses: [remove(ids[MEETINGS])],
      siteUrls: [attendee],
    });
    const gone = await patch({ personId, siteUrls: [{ ...attendee, operation: 'remove' }] });
    expect(gone.body.siteUrls).toEqual([]);
  });

  it.each<[string, () => object, string, number | undefined]>([
    ['nobody', () => ({ licenses: [add(ids.Messaging)] }), 'Either email or personId', undefined],
    ['nothing to do', () => ({ personId: root.wireId }), 'licenses or siteUrls', undefined],
    [
      'two people',
      () => ({ personId: root.wireId, email: 'x@acme.test', licenses: [] }),
      'Could not find',
      undefined,
    ],
    [
      'no licence',
      () => ({ personId: root.wireId, licenses: [add('nothing')] }),
      'License not recognized',
      400000,
    ],
    [
      "another organisation's licence",
      () => ({ personId: root.wireId, licenses: [add(encodeWireId('LICENSE', `${foreign.orgId}:MS_x`))] }),
      'License not recognized',
      400000,
    ],
    [
      'calling without a number',
      () => ({ personId: root.wireId, licenses: [add(ids.Calling)] }),
      'License properties missing',
      400411,
    ],
    [
      'advanced messaging alone',
      () => ({ personId: root.wireId, licenses: [add(ids['Advanced Messaging'])] }),
      'License prerequisite missing',
      700003,
    ],
    [
      'a wrong verb',
      () => ({ personId: root.wireId, licenses: [{ id: ids.Messaging, operation: 'steal' }] }),
      'operation',
      undefined,
    ],
    ['a list that is none', () => ({ personId: root.wireId, licenses: 'all' }), 'licenses', undefined],
    [
      'a wrong account type',
      () => ({ personId: root.wireId, siteUrls: [{ siteUrl: SITE, accountType: 'host' }] }),
      'accountType',
      undefined,
    ],
  ])('refuses %s', async (_what, body, message, errorCode) => {
    const reply = await patch(body());
    expect(reply.status).toBe(message.startsWith('Could not') ? 404 : 400);
    expect(reply.body.message).toContain(message);
    expect(reply.body.errors[0].errorCode).toBe(errorCode);
  });

  it('is for administrators of the same organisation, with the scope (F24, F25)', async () => {
    const person = await fresh();
    const body = { personId: person.wireId, licenses: [add(ids.Messaging)] };
    expect((await patch(body, foreign.api)).status).toBe(404);
    const orgId = encodeWireId('ORGANIZATION', foreign.orgId);
    expect((await patch({ ...body, orgId })).status).toBe(404);
    const reader = await kit.addPerson({ roles: ['readonly_admin'], scopes: SCOPES });
    for (const api of [reader.api, person.api, await kit.mint(root, ['spark:all'])])
      expect((await patch(body, api)).status).toBe(403);
    const helper = await kit.addPerson({ roles: ['user_admin'], scopes: SCOPES });
    expect((await patch(body, helper.api)).status).toBe(200);
  });
});
