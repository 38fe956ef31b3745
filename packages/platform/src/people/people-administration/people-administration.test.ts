import type { RoleName } from '@moothall/contract';
import { addApp, addLicense, defaultLicenses } from '@moothall/platform';
import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let root: TestPerson;
let page: ApiClient;
let stranger: ApiClient;
let ada: TestPerson;
let licenseIds: Record<string, string>;

const pageOf = async (roles: RoleName[], org = kit.orgId) =>
  kit.page(await kit.addPerson({ roles, org }), 'hub');
const addLicenses = (orgId: TestPlatform['orgId'], totalUnits = 1000) =>
  kit.world.store.tx(async (tx) => {
    for (const license of defaultLicenses(orgId)) await addLicense(kit.world, tx, { ...license, totalUnits });
  });
const names = (reply: { body: { items: { displayName: string }[] } }) =>
  reply.body.items.map(({ displayName }) => displayName);

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  await addLicenses(kit.orgId);
  root = await kit.addPerson({ name: 'Root', roles: ['full_admin'], licenses: [] });
  page = await kit.page(root, 'hub');
  ada = await kit.addPerson({ name: 'Ada Lovelace', email: 'countess@acme.test', licenses: ['messaging'] });
  stranger = await pageOf(['full_admin'], await kit.addOrg('Globex'));
  const { body } = await page.get('/hub/api/overview');
  licenseIds = Object.fromEntries(
    body.licenses.map((one: { name: string; id: string }) => [one.name, one.id]),
  );
});
afterAll(() => kit.close());

describe('the overview of the hub', () => {
  it('counts people, apps and licences of the organisation', async () => {
    const owned = { orgId: kit.orgId, ownerId: ada.id };
    await kit.world.store.tx((tx) => addApp(kit.world, tx, { ...owned, kind: 'integration', name: 'CRM' }));
    const { body, status } = await page.get('/hub/api/overview');
    expect(status).toBe(200);
    expect(body.organization).toMatchObject({ displayName: 'Acme', isSandbox: false });
    expect(body.people).toEqual({ total: 2, active: 2, pending: 0, inactive: 0 });
    expect(body.apps).toEqual([{ kind: 'integration', count: 1 }]);
    expect(body.licenses).toContainEqual({
      id: licenseIds.Messaging,
      name: 'Messaging',
      totalUnits: 1000,
      consumedUnits: 1,
    });
    expect((await stranger.get('/hub/api/overview')).body.people.total).toBe(1);
  });
});

describe('people of the hub', () => {
  it('are found by the beginning of name or address, in any case, page by page', async () => {
    for (const name of ['Zeno', 'Zelda', 'Zoe']) await kit.addPerson({ name });
    expect(names(await page.get('/hub/api/users?q=COUNT'))).toEqual(['Ada Lovelace']);
    expect(names(await page.get('/hub/api/users?q=ada%20l'))).toEqual(['Ada Lovelace']);
    expect(names(await page.get('/hub/api/users?q=lovelace'))).toEqual([]);
    expect(names(await page.get('/hub/api/users?q=%25'))).toEqual([]);
    const first = await page.get('/hub/api/users?q=z&max=2');
    expect(names(first)).toEqual(['Zelda', 'Zeno']);
    const link = /^<([^>;]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')![1]!;
    const second = await page.get(link.slice(kit.baseUrl.length));
    expect([names(second), second.headers.get('link')]).toEqual([['Zoe'], null]);
    expect((await page.get('/hub/api/users?cursor=nonsense')).status).toBe(400);
  });

  it('are filtered by status, role and licence; bots are none', async () => {
    await kit.addBot('Abot');
    const added = await page.post('/hub/api/users', { email: 'pia@acme.test', displayName: 'Pia' });
    expect(added.body).toMatchObject({ status: 'pending', loginEnabled: true, roles: [], licenses: [] });
    expect(names(await page.get('/hub/api/users?status=pending'))).toEqual(['Pia']);
    expect(names(await page.get('/hub/api/users?status=inactive'))).toEqual([]);
    expect(names(await page.get('/hub/api/users?role=full_admin'))).toEqual(['Root']);
    expect(names(await page.get(`/hub/api/users?license=${licenseIds.Messaging}&q=a`))).toEqual([
      'Ada Lovelace',
    ]);
    expect(names(await page.get('/hub/api/users?q=abot'))).toEqual([]);
    const foreign = await stranger.get(`/hub/api/users?license=${licenseIds.Messaging}`);
    expect([foreign.status, foreign.body.message]).toEqual([400, expect.stringMatching(/^licenses: /)]);
    expect((await page.get('/hub/api/users?role=king')).status).toBe(400);
  });

  it('show what they own before they go, and nothing to other organisations', async () => {
    const bot = await kit.addBot('Carrier');
    const owned = { orgId: kit.orgId, ownerId: ada.id, personId: bot.id };
    await kit.world.store.tx((tx) => addApp(kit.world, tx, { ...owned, kind: 'bot', name: 'Carrier' }));
    const { body } = await page.get(`/hub/api/users/${ada.wireId}`);
    expect(body).toMatchObject({ email: ada.email, status: 'active', licenses: [licenseIds.Messaging] });
    expect(body.ownershipWarning).toBe('Owns 1 bot, 1 integration: transfer them to somebody else first.');
    expect((await page.get(`/hub/api/users/${bot.wireId}`)).status).toBe(404);
    for (const reply of [
      await stranger.get(`/hub/api/users/${ada.wireId}`),
      await stranger.patch(`/hub/api/users/${ada.wireId}`, { version: body.version, title: 'Spy' }),
      await stranger.delete(`/hub/api/users/${ada.wireId}`),
      await stranger.post(`/hub/api/users/${ada.wireId}/invitation`),
    ])
      expect([reply.status, reply.body.message]).toEqual([404, 'Could not find a person with provided ID.']);
  });

  it.each<[RoleName[], number, number]>([
    [['full_admin'], 200, 200],
    [['user_admin'], 200, 200],
    [['readonly_admin'], 200, 403],
    [['compliance_officer'], 403, 403],
    [[], 403, 403],
  ])('are read and changed as roles allow: %j (F24)', async (roles, reads, writes) => {
    const person = await kit.addPerson({ name: 'Quentin' });
    const api = await pageOf(roles);
    expect((await api.get('/hub/api/users?q=quentin')).status).toBe(reads);
    const { version } = (await page.get(`/hub/api/users/${person.wireId}`)).body;
    expect((await api.patch(`/hub/api/users/${person.wireId}`, { version, title: 'X' })).status).toBe(writes);
    await page.delete(`/hub/api/users/${person.wireId}`);
  });

  it('are for our pages only: a token opens nothing', async () => {
    expect((await root.api.get('/hub/api/users')).status).toBe(401);
    expect((await kit.anonymous.get('/hub/api/overview')).status).toBe(401);
  });
});

describe('invitations', () => {
  it('tell of each address what became of it', async () => {
    const reply = await page.post('/hub/api/users/invitations', {
      addresses: [
        'new.one@acme.test',
        ada.email,
        'nonsense',
        'аdmin@acme.test',
        'echo@webex.bot',
        'NEW.one@acme.test',
      ],
      licenses: [licenseIds.Messaging],
    });
    expect(reply.body.results.map(({ status, reason }: Record<string, string>) => [status, reason])).toEqual([
      ['invited', undefined],
      ['refused', 'A person with this e-mail address exists already.'],
      ['refused', expect.stringContaining('no e-mail address')],
      ['refused', expect.stringContaining('mixes letters of Cyrillic and Latin')],
      ['refused', expect.stringContaining('belong to bots')],
      ['refused', 'A person with this e-mail address exists already.'],
    ]);
    const id = reply.body.results[0].id;
    const invited = (await page.get(`/hub/api/users/${id}`)).body;
    expect(invited).toMatchObject({
      displayName: 'new.one',
      status: 'pending',
      licenses: [licenseIds.Messaging],
    });
    expect((await page.post('/hub/api/users/invitations', { addresses: [] })).status).toBe(400);
  });

  it('are sent again to who never came, and to nobody else', async () => {
    const { id } = (await page.post('/hub/api/users', { email: 'late@acme.test', displayName: 'Late' })).body;
    expect((await page.post(`/hub/api/users/${id}/invitation`)).status).toBe(204);
    const mails = (await kit.events()).filter(({ resource }) => resource === 'mail');
    expect(mails.slice(-2).map(({ data }) => data.kind)).toEqual(['invitation', 'invitation']);
    const refused = await page.post(`/hub/api/users/${ada.wireId}/invitation`);
    expect([refused.status, refused.body.message]).toEqual([409, expect.stringContaining('accepted')]);
  });
});

describe('addresses that look like others', () => {
  it.each([
    ['аda@acme.test', 'mixes letters'],
    ['ada@аcme.test', 'mixes letters'],
    ['ada@xn--cme-5cd.test', 'mixes letters'],
    ['раура@acme.test', 'mixes letters'],
    ['ad\u200ba@acme.test', 'cannot be seen'],
    ['ad\u202ea@acme.test', 'cannot be seen'],
    ['ａda@acme.test', 'look like plain letters'],
    ['ada@acme_test', 'give an address'],
    ['a"b@acme.test', 'give an address'],
  ])('are refused, naming the field: %s', async (email, reason) => {
    const reply = await page.post('/hub/api/users', { email, displayName: 'X' });
    expect([reply.status, reply.body.message]).toEqual([400, expect.stringContaining(reason)]);
    expect(reply.body.message).toMatch(/^email: /);
    const scopes = ['spark:all', 'spark-admin:people_write'];
    const rest = await (await kit.mint(root, scopes)).post('/people', { emails: [email], displayName: 'X' });
    expect([rest.status, rest.body.message]).toEqual([400, expect.stringMatching(/^emails: /)]);
    const { id: roomId } = (await root.api.post('/rooms', { title: 'R' })).body;
    const member = await root.api.post('/memberships', { roomId, personEmail: email });
    expect([member.status, member.body.message]).toEqual([400, expect.stringMatching(/^personEmail: /)]);
  });

  it('are taken in any one script; domains are compared in their ASCII form', async () => {
    const first = await page.post('/hub/api/users', { email: 'jörg@bücher.test', displayName: 'Jörg' });
    expect(first.body.email).toBe('jörg@xn--bcher-kva.test');
    const again = await page.post('/hub/api/users', {
      email: 'JÖRG@xn--Bcher-KVA.test',
      displayName: 'Twin',
    });
    expect(again.status).toBe(409);
    const { id: roomId } = (await root.api.post('/rooms', { title: 'R' })).body;
    const member = await root.api.post('/memberships', { roomId, personEmail: 'jörg@BÜCHER.test' });
    expect(member.body).toMatchObject({ personId: first.body.id, personEmail: 'jörg@xn--bcher-kva.test' });
    for (const email of ['иван@пример.test', '田中taro@acme.test'])
      expect((await page.post('/hub/api/users', { email, displayName: 'X' })).status).toBe(200);
  });
});
