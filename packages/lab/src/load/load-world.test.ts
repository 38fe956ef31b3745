import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';

describe('the demo world', () => {
  let kit: TestLab;
  beforeAll(async () => {
    kit = await startTestLab();
  });
  afterAll(() => kit.close());

  it('has people in each role, a bot, and tokens that work', async () => {
    const { people, bots, loaded, lines } = kit.report;
    expect(loaded).toBe(true);
    expect(people.map(({ roles }) => roles.join())).toEqual(
      expect.arrayContaining(['full_admin', 'readonly_admin', 'compliance_officer', '']),
    );
    for (const { email } of people)
      expect((await kit.as(email).get('/people/me')).body.emails).toEqual([email]);
    expect((await kit.as('echo@webex.bot').get('/people/me')).body).toMatchObject({
      type: 'bot',
      displayName: 'Echo',
    });
    expect(lines.join('\n')).toContain(people[0]!.token);
    expect(lines.join('\n')).toContain(bots[0]!.token);
  });

  it('has teams, spaces with threads, a file and a card', async () => {
    const dev = kit.as('dev@acme.test');
    const rooms = (await dev.get('/rooms')).body.items as { id: string; title: string; teamId?: string }[];
    expect(rooms.map((room) => room.title).sort()).toEqual([
      'Announcements',
      'General talk',
      'Platform',
      'Releases',
    ]);
    const releases = rooms.find((room) => room.title === 'Releases')!;
    expect(releases.teamId).toBeDefined();
    const { items } = (await dev.get(`/messages?roomId=${releases.id}`)).body;
    expect(items).toHaveLength(3);
    expect(items.find((item: { files?: string[] }) => item.files)).toBeDefined();
    expect(items.find((item: { parentId?: string }) => item.parentId)).toBeDefined();
    expect(
      items.find((item: { attachments?: unknown[] }) => item.attachments)?.attachments[0].content,
    ).toMatchObject({
      type: 'AdaptiveCard',
    });
    expect((await dev.get('/teams')).body.items.map((team: { name: string }) => team.name)).toEqual([
      'Platform',
    ]);
  });

  it('stays as it is at the next start, which shows the same tokens and ignores a file', async () => {
    await kit.stop();
    const tokens = kit.report.people.map(({ token }) => token);
    kit = await kit.restart('orgs: [{ key: x, displayName: X }]');
    expect(kit.report.loaded).toBe(false);
    expect(kit.report.lines[0]).toMatch(/world\.yaml is ignored: the world is not empty/);
    expect(kit.report.people.map(({ token }) => token)).toEqual(tokens);
    expect((await kit.as('ada@acme.test').get('/people/me')).status).toBe(200);
  });
});

describe('a world file', () => {
  it('of 1 000 people and 100 rooms loads quickly, with literal tokens', async () => {
    const people = Array.from({ length: 1000 }, (_, i) => ({
      key: `p${i}`,
      email: `p${i}@big.test`,
      displayName: `Person ${i}`,
      tokens: [{ token: `dG9rZW4${i}_P0A1_<org>`, scopes: ['spark:all'] }],
    }));
    const rooms = Array.from({ length: 100 }, (_, i) => ({
      title: `Room ${i}`,
      members: people.slice(i * 10, i * 10 + 20).map(({ key }) => key),
      messages: [{ by: `p${i * 10}`, text: 'hello' }],
    }));
    const worldFile = JSON.stringify({ orgs: [{ key: 'big', displayName: 'Big', people, rooms }] });
    const empty = await startTestLab({ demo: false });
    await empty.stop();
    const started = performance.now();
    const before = process.cpuUsage();
    const kit = await empty.restart(worldFile);
    const cpu = process.cpuUsage(before);
    const elapsedMs = performance.now() - started;
    const { rows } = await kit.world.store.pool.query<{ id: string }>('select id from org');
    const me = await apiClient(kit.baseUrl, `dG9rZW47_P0A1_${rows[0]!.id}`).get('/people/me');
    expect(me.body.emails).toEqual(['p7@big.test']);
    expect((await kit.as('p990@big.test').get('/rooms')).body.items).toHaveLength(2);
    expect(kit.report.lines.at(-1)).toMatch(/and 970 more/);
    await kit.close();
    const cpuMs = Math.round((cpu.user + cpu.system) / 1000);
    process.stdout.write(`1 000 people and 100 rooms: start ${Math.round(elapsedMs)} ms, CPU ${cpuMs} ms\n`);
    // What else runs on the machine makes the time longer, but hardly the work.
    expect(cpuMs).toBeLessThan(1500);
  });

  it('keeps what is not active yet, with secrets hashed or sealed, and says so', async () => {
    const kit = await startTestLab({
      worldFile: `
clock: 2026-03-01T09:00:00Z
frozen: true
behaviour: cloud
orgs:
  - key: acme
    id: 7b0f3a52-0000-7000-8000-00000000ac3e
    displayName: Acme
    profile: gov
    people: [{ key: ada, email: ada@acme.test, displayName: Ada, password: correct-horse-1 }]
    apps:
      - { key: echo, type: bot, name: Echo, username: echo, owner: ada, token: ZWNob3Rva2Vu_P0A1_<org> }
      - { key: crm, type: integration, name: CRM, clientId: C0ffee, clientSecret: s3cret-text }
    workspaces: [{ key: hub1, displayName: Room One, devices: [{ product: Board Pro }] }]
`,
    });
    const { world } = kit;
    expect(world.clock.now().toISOString()).toBe('2026-03-01T09:00:00.000Z');
    expect(world.config.behaviour).toBe('cloud');
    expect(kit.report.bots).toEqual([
      {
        email: 'echo@webex.bot',
        displayName: 'Echo',
        token: 'ZWNob3Rva2Vu_P0A1_7b0f3a52-0000-7000-8000-00000000ac3e',
      },
    ]);
    expect(kit.report.lines.slice(-2)).toEqual([
      'Kept, but not yet active',
      expect.stringContaining('workspace: hub1'),
    ]);
    const { rows } = await world.store.pool.query<{ all: string }>(
      'select string_agg(value::text, chr(10)) || (select string_agg(app::text, chr(10)) from app) || (select string_agg(person::text, chr(10)) from person) as all from state',
    );
    expect(rows[0]!.all).toContain('$argon2id$');
    expect(rows[0]!.all).not.toMatch(/correct-horse|s3cret-text|ZWNob3Rva2Vu/);
    await kit.close();
  });

  it('that the platform refuses in part leaves the database empty and names the place', async () => {
    const empty = await startTestLab({ demo: false });
    await empty.stop();
    const worldFile = `
orgs:
  - key: a
    displayName: A
    people: [{ key: ada, email: ada@a.test, displayName: Ada }]
    rooms: [{ title: R, creator: ada, messages: [{ by: ada, markdown: "<@personEmail:nobody@a.test>" }] }]
`;
    await expect(empty.restart(worldFile)).rejects.toThrow(
      /orgs\[0\]\.rooms\[0\]\.messages\[0\]: .*nobody@a\.test/,
    );
    const kit = await empty.restart(worldFile.replace('nobody', 'ada'));
    expect(kit.report.loaded).toBe(true);
    const { rows } = await kit.world.store.pool.query('select 1 from org');
    expect(rows).toHaveLength(1);
    await kit.close();
  });

  it('is loaded once by processes that start at once', async () => {
    const empty = await startTestLab({ demo: false });
    await empty.stop();
    const worldFile =
      'orgs: [{ key: a, displayName: A, people: [{ key: ada, email: ada@a.test, displayName: Ada }] }]';
    const both = await Promise.all([empty.restart(worldFile), empty.restart(worldFile)]);
    expect(both.map(({ report }) => report.loaded).sort()).toEqual([false, true]);
    await both[0].stop();
    await both[1].close();
  });
});
