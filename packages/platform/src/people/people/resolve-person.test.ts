import { resolvePerson } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
let otherOrg: TestPlatform['orgId'];

beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  ada = await kit.addPerson({ name: 'Ada', email: 'Ada@Acme.test' });
  otherOrg = await kit.addOrg('Globex');
  await kit.world.store.pool.query('update org set domains = $1 where id = $2', [['Globex.test'], otherOrg]);
});
afterAll(() => kit.close());

const resolve = (who: Parameters<typeof resolvePerson>[2]) =>
  kit.world.store.tx((tx) => resolvePerson(kit.world, tx, who, { actorId: ada.id }, kit.orgId));

describe('the person whom a request names', () => {
  it('is found by id and by address in any case, and by both where they agree (F10, F11)', async () => {
    for (const who of [
      { personId: ada.id },
      { personEmail: 'aDA@acme.TEST' },
      { personId: ada.id, personEmail: 'ada@acme.test' },
    ])
      expect((await resolve(who)).id).toBe(ada.id);
  });

  it('must be named, by one of them, and exist (F11)', async () => {
    await expect(resolve({})).rejects.toMatchObject({
      status: 400,
      message: 'Must specify either personId or personEmail.',
    });
    await expect(resolve({ personId: ada.id, personEmail: 'ben@acme.test' })).rejects.toMatchObject({
      status: 400,
    });
    await expect(resolve({ personId: kit.world.ids.uuid() })).rejects.toMatchObject({ status: 404 });
    await expect(resolve({ personEmail: 'nobody@webex.bot' })).rejects.toMatchObject({ status: 404 });
  });

  it('is invited when the address is unknown: to the organisation of its domain, else to the inviter’s (F10)', async () => {
    const known = await resolve({ personEmail: 'New.One@globex.TEST' });
    expect(known).toMatchObject({ orgId: otherOrg, email: 'New.One@globex.TEST', type: 'person' });
    const stranger = await resolve({ personEmail: 'eve@elsewhere.test' });
    expect(stranger.orgId).toBe(kit.orgId);
    const { rows } = await kit.world.store.pool.query(
      'select kind, to_email, data from mail_outbox order by id',
    );
    expect(rows).toMatchObject([
      { kind: 'invitation', to_email: known.email, data: { personId: known.id, invitedBy: ada.id } },
      { kind: 'invitation', to_email: stranger.email, data: { personId: stranger.id, invitedBy: ada.id } },
    ]);
    expect((await kit.events()).slice(-3)).toMatchObject([
      { resource: 'people', event: 'created', actor_id: ada.id },
      { resource: 'sign_in_links', event: 'created', actor_id: ada.id },
      { resource: 'mail', event: 'created' },
    ]);
  });

  it('is made once by many at once, and is invited once', async () => {
    const all = await Promise.all(
      Array.from({ length: 30 }, () => resolve({ personEmail: 'race@acme.test' })),
    );
    expect(new Set(all.map((person) => person.id)).size).toBe(1);
    const { rows } = await kit.world.store.pool.query(
      "select 1 from mail_outbox where to_email = 'race@acme.test'",
    );
    expect(rows).toHaveLength(1);
  });
});
