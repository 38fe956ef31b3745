import { openMailSecrets } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform();
  ada = await kit.addPerson({ name: 'Ada', email: 'Ada@acme.test' });
});
afterAll(() => kit.close());

const ask = (email: unknown) => kit.anonymous.post('/idb/api/password-resets', { email });

async function mails() {
  await kit.platform.idle();
  const { rows } = await kit.world.store.pool.query<{
    kind: string;
    to_email: string;
    data: Record<string, unknown>;
  }>('select kind, to_email, data from mail_outbox order by id');
  return rows;
}

describe('a forgotten password', () => {
  it('is answered alike for everybody, and mails a sealed link to the address as it is stored', async () => {
    const bot = await kit.addBot();
    const replies = [await ask('ada@ACME.test'), await ask('nobody@acme.test'), await ask(bot.email)];
    for (const { status, body } of replies) expect([status, body]).toEqual([200, replies[0]!.body]);
    const sent = await mails();
    expect(sent).toMatchObject([{ kind: 'password_reset', to_email: 'Ada@acme.test' }]);
    const { link } = openMailSecrets(kit.world, sent[0]!.data);
    const [url, token] = link!.split('?link=');
    expect(url).toBe(`${kit.baseUrl}/account/sign-in`);
    expect(JSON.stringify(sent)).not.toContain(token);
    expect(JSON.stringify(await kit.events())).not.toContain(token);
    const redeemed = await kit.anonymous.post('/idb/api/sign-in-links/redeem', { token });
    expect(redeemed.body.person.id).toBe(ada.wireId);
  });

  it('does not take a look-alike for the address', async () => {
    const before = (await mails()).length;
    expect((await ask('Ad\u0430@acme.test')).status).toBe(200);
    expect(await mails()).toHaveLength(before);
  });

  it('is mailed a few times only, known or not, and again later by the clock', async () => {
    const limit = kit.world.limits.get('sign_in.resets_per_account');
    for (const email of ['ada@acme.test', 'unknown@acme.test']) {
      kit.world.clock.advance(900_000);
      for (let count = 0; count < limit; count++) expect((await ask(email)).status).toBe(200);
      const refused = await ask(email);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    }
    kit.world.clock.advance(900_000);
    expect((await ask('ada@acme.test')).status).toBe(200);
  });

  it.each([[''], [undefined], ['x'.repeat(255)], [{}]])('is refused for %j', async (email) => {
    expect((await ask(email)).status).toBe(400);
  });
});
