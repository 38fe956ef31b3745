import type { RoleName } from '@moothall/contract';
import { encodeWireId } from '@moothall/core';
import { type AuditCategory, auditLog, recordAudit } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCOPES = ['spark:all', 'audit:events_read'];
const MINUTE_MS = 60_000;

let kit: TestPlatform;
let admin: TestPerson;
let stranger: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  admin = await kit.addPerson({ name: 'Ada Admin', roles: ['full_admin'], scopes: SCOPES });
  const org = await kit.addOrg('Globex');
  stranger = await kit.addPerson({ org, roles: ['full_admin'], scopes: SCOPES });
  for (const name of ['one', 'two', 'three', 'four', 'five']) await note(admin, 'APP_CREATED', name);
  await note(stranger, 'APP_CREATED', 'of Globex');
  await kit.platform.idle();
});
afterAll(() => kit.close());

async function note(person: TestPerson, category: AuditCategory, name: string): Promise<void> {
  const cause = {
    actor: { personId: person.id, orgId: person.orgId },
    trace: { trackingId: 'ROUTER_1' },
    headers: { 'user-agent': '=Browser "1"' },
    remoteAddress: '203.0.113.9',
  };
  const target = { type: 'application', id: `C${name.replaceAll(' ', '')}`, name };
  const entry = { orgId: person.orgId, category, target, actionText: `${person.displayName} made ${name}` };
  await kit.world.store.tx(async (tx) => recordAudit(tx, cause, entry));
}

function rangeOf(person: TestPerson, more: Record<string, string> = {}): string {
  const now = kit.world.clock.nowMs();
  const orgId = encodeWireId('ORGANIZATION', person.orgId);
  const from = new Date(now - 5 * MINUTE_MS).toISOString();
  const to = new Date(now + 5 * MINUTE_MS).toISOString();
  return `/adminAudit/events?${new URLSearchParams({ orgId, from, to, ...more })}`;
}

const namesIn = (body: { items: { data: { targetName: string } }[] }) =>
  body.items.map((item) => item.data.targetName);

describe('GET /adminAudit/events', () => {
  it('F34: shows who did what, with the names of then, newest first', async () => {
    const { status, body, headers } = await admin.api.get(rangeOf(admin));
    expect(status).toBe(200);
    expect(headers.get('link')).toBeNull();
    expect(namesIn(body)).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(body.items[0]).toEqual({
      id: expect.any(String),
      actorId: admin.wireId,
      actorOrgId: encodeWireId('ORGANIZATION', kit.orgId),
      created: expect.stringMatching(/Z$/),
      data: {
        actorName: 'Ada Admin',
        actorEmail: admin.email,
        actorOrgName: 'Acme',
        adminRoles: ['Full_Admin'],
        actorUserAgent: '=Browser "1"',
        actorIp: '203.0.113.9',
        eventCategory: 'APP_CREATED',
        eventDescription: 'An app was created',
        actionText: 'Ada Admin made five',
        targetId: encodeWireId('APPLICATION', 'Cfive'),
        targetType: 'application',
        targetName: 'five',
        targetOrgId: encodeWireId('ORGANIZATION', kit.orgId),
        trackingId: 'ROUTER_1',
      },
    });
  });

  it('goes on page by page, by the Link header and by offset', async () => {
    const seen: string[] = [];
    let next: string | undefined = rangeOf(admin, { max: '2', offset: '1' });
    while (next !== undefined) {
      const reply = await admin.api.get(next);
      seen.push(...namesIn(reply.body));
      const link: string | undefined = /<([^>]+)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1];
      next = link?.slice(kit.baseUrl.length);
    }
    expect(seen).toEqual(['four', 'three', 'two', 'one']);
    expect(namesIn((await admin.api.get(rangeOf(admin, { max: '2', offset: '3' }))).body)).toEqual([
      'two',
      'one',
    ]);
    expect(namesIn((await admin.api.get(rangeOf(admin, { offset: '5' }))).body)).toEqual([]);
  });

  it('is narrowed by actor and category', async () => {
    expect(namesIn((await admin.api.get(rangeOf(admin, { actorId: stranger.id }))).body)).toEqual([]);
    expect(namesIn((await admin.api.get(rangeOf(admin, { actorId: admin.wireId }))).body)).toHaveLength(5);
    const path = (value: string) => rangeOf(admin, { eventCategories: value });
    expect(namesIn((await admin.api.get(path('USER_CREATED,APP_CREATED'))).body)).toHaveLength(5);
    expect(namesIn((await admin.api.get(path('USER_CREATED'))).body)).toEqual([]);
    expect((await admin.api.get(path('constructor'))).status).toBe(400);
  });

  it.each<[string, Record<string, string>]>([
    ['no orgId', { orgId: '' }],
    ['no time', { from: 'yesterday' }],
    ['a range of none', { from: '2026-01-02T00:00:00Z', to: '2026-01-02T00:00:00Z' }],
    ['more than a year', { from: '2025-01-01T00:00:00Z', to: '2026-01-01T00:00:00.001Z' }],
    ['no offset', { offset: '-1' }],
    ['a vast offset', { offset: '1e300' }],
    ['no size', { max: '0' }],
    ['no cursor of ours', { cursor: 'eHh4' }],
    ['no actor', { actorId: 'me' }],
  ])('refuses %s', async (_what, more) => {
    expect((await admin.api.get(rangeOf(admin, more))).status).toBe(400);
  });

  it('allows a whole year, and any that a clock can tell', async () => {
    const leap = { from: '2024-02-29T00:00:00Z', to: '2025-02-28T23:59:59Z' };
    expect((await admin.api.get(rangeOf(admin, leap))).status).toBe(200);
    const far = { from: '9998-12-31T00:00:00Z', to: '9999-12-31T00:00:00Z' };
    expect((await admin.api.get(rangeOf(admin, far))).status).toBe(200);
    expect((await admin.api.get('/adminAudit/events')).status).toBe(400);
  });

  it.each<[RoleName[], number]>([
    [['readonly_admin'], 200],
    [['user_admin'], 403],
    [['compliance_officer'], 403],
    [[], 403],
  ])('answers who has the roles %j with %i', async (roles, status) => {
    const person = await kit.addPerson({ roles, scopes: SCOPES });
    expect((await person.api.get(rangeOf(admin))).status).toBe(status);
    expect((await person.api.get('/adminAudit/eventCategories')).status).toBe(status);
  });

  it("tells another organisation's admin nothing, and asks for the scope", async () => {
    const foreign = await stranger.api.get(rangeOf(admin));
    const unknown = rangeOf({ ...admin, orgId: kit.world.ids.uuid() });
    expect([foreign.status, foreign.body.message]).toEqual([
      404,
      (await stranger.api.get(unknown)).body.message,
    ]);
    expect(namesIn((await stranger.api.get(rangeOf(stranger))).body)).toEqual(['of Globex']);
    expect((await (await kit.mint(admin, ['spark:all'])).get(rangeOf(admin))).status).toBe(403);
  });

  it('lists the kinds of actions', async () => {
    const { body } = await admin.api.get('/adminAudit/eventCategories');
    expect(body.eventCategories).toContain('AUTHORIZATION_REVOKED');
  });
});

describe('the projection', () => {
  it('has the same rows when the log is read again', async () => {
    const { rows } = await kit.world.store.pool.query<Parameters<typeof handle>[0][number]>(
      `select tx::text, seq, at, org_id as "orgId", room_id as "roomId", actor_id as "actorId", app_id as "appId",
        resource, event, data_id as "dataId", data, trace_id as "traceId" from event where resource = 'audit'`,
    );
    const [reader] = auditLog.readers!(kit.world);
    const handle = reader!.handle;
    const before = (await admin.api.get(rangeOf(admin))).body;
    await kit.world.store.tx((tx) => handle(rows, tx));
    expect((await admin.api.get(rangeOf(admin))).body).toEqual(before);
    expect(rows).toHaveLength(6);
  });

  it('keeps the order of what happens while the clock stands still', async () => {
    const person = await kit.addPerson({
      org: await kit.addOrg('Still'),
      roles: ['full_admin'],
      scopes: SCOPES,
    });
    kit.world.clock.freeze();
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) await note(person, 'APP_DELETED', name);
    await kit.platform.idle();
    expect(namesIn((await person.api.get(rangeOf(person))).body)).toEqual(names.reverse());
    kit.world.clock.resume();
  });
});

describe('the hub', () => {
  it('lists the log page by page', async () => {
    const page = await kit.page(admin, 'hub');
    const first = await page.get('/hub/api/audit?max=3');
    expect(first.status).toBe(200);
    expect(first.body.categories.APP_CREATED).toBe('An app was created');
    const second = await page.get(`/hub/api/audit?max=3&cursor=${first.body.next}`);
    expect([...namesIn(first.body), ...namesIn(second.body)]).toEqual([
      'five',
      'four',
      'three',
      'two',
      'one',
    ]);
    expect(second.body.next).toBeUndefined();
    const narrowed = await page.get(`/hub/api/audit?actorId=${admin.id}&from=2000-01-01&to=2001-01-01`);
    expect(narrowed.body.items).toEqual([]);
    expect((await page.get('/hub/api/audit?from=2001-01-01&to=2000-01-01')).status).toBe(400);
  });

  it('exports it as CSV that no spreadsheet runs', async () => {
    const org = await kit.addOrg('Long');
    const person = await kit.addPerson({ org, roles: ['readonly_admin'], scopes: SCOPES });
    await kit.world.store.tx(async (tx) => {
      const cause = { actor: { personId: person.id, orgId: org }, trace: { trackingId: 'ROUTER_2' } };
      for (let index = 0; index < 1201; index++) {
        const target = {
          type: 'thing',
          id: String(index),
          name: index === 0 ? '=1+1, "two"\nlines' : 'plain',
        };
        recordAudit(tx, cause, { orgId: org, category: 'APP_UPDATED', target, actionText: 'changed' });
      }
    });
    await kit.platform.idle();
    const page = await kit.page(person, 'hub');
    const reply = await page.get('/hub/api/audit/export');
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="audit-log.csv"');
    const lines = reply.text.split('\r\n');
    expect(lines).toHaveLength(1 + 1201 + 1);
    expect(lines[0]).toMatch(/^time,category,action,actor,/);
    expect(lines[1201]).toContain(`,thing,"'=1+1, ""two""\nlines",0,`);
    expect((await page.get('/hub/api/audit/export?eventCategories=x')).status).toBe(400);
  });

  it('is closed to others', async () => {
    const user = await kit.page(await kit.addPerson({ roles: ['user_admin'] }), 'hub');
    for (const path of ['/hub/api/audit', '/hub/api/audit/export']) {
      expect((await user.get(path)).status).toBe(403);
      expect((await admin.api.get(path)).status).toBe(401);
    }
  });
});
