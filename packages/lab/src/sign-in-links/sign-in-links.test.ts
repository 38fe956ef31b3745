import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab();
});
afterAll(() => kit.close());

const redeem = (token: string | undefined) =>
  apiClient(kit.baseUrl).post('/idb/api/sign-in-links/redeem', { token });

describe('links of the lab', () => {
  it('sign each person of the world in, again at the next start, and after a reset', async () => {
    for (const { email, signInToken } of kit.report.people)
      expect((await redeem(signInToken)).body.person.email).toBe(email);
    const { signInToken } = kit.report.people[0]!;
    await kit.stop();
    kit = await kit.restart();
    expect(kit.report.people[0]!.signInToken).toBe(signInToken);
    expect((await kit.lab.post('/lab/v1/reset')).status).toBeLessThan(300);
    expect((await redeem(signInToken)).status).toBe(200);
  });

  it('are made for whoever came later, with the key of the lab', async () => {
    const made = await kit.lab.post('/lab/v1/sign-in-links', { personEmail: 'UMA@acme.test' });
    expect(made.body.url).toMatch(new RegExp(`^${kit.baseUrl}/account/sign-in\\?link=[\\w-]{43}$`));
    const token = made.body.url.split('=')[1];
    expect((await redeem(token)).body.person.email).toBe('uma@acme.test');
    expect((await redeem(token)).status).toBe(200);
    for (const personEmail of ['nobody@acme.test', 'echo@webex.bot'])
      expect((await kit.lab.post('/lab/v1/sign-in-links', { personEmail })).status).toBe(404);
    const keyless = apiClient(kit.baseUrl).post('/lab/v1/sign-in-links', { personEmail: 'uma@acme.test' });
    expect((await keyless).status).toBe(401);
  });
});

describe('passwords of a world file', () => {
  it('sign in, whatever they are', async () => {
    await kit.close();
    const people = [
      { key: 'ada', email: 'ada@a.test', displayName: 'Ada', password: 'x' },
      { key: 'bea', email: 'bea@a.test', displayName: 'Bea', password: 'ünder the øak 🐎' },
      { key: 'cleo', email: 'cleo@a.test', displayName: 'Cleo' },
    ];
    const orgs = [{ key: 'a', displayName: 'A', people }];
    kit = await startTestLab({ worldFile: JSON.stringify({ orgs }) });
    const signIn = (email: string, password: string) =>
      apiClient(kit.baseUrl).post('/idb/api/sign-in', { email, password });
    expect((await signIn('ada@a.test', 'x')).status).toBe(200);
    expect((await signIn('bea@a.test', 'ünder the øak 🐎')).status).toBe(200);
    expect((await signIn('cleo@a.test', 'x')).status).toBe(401);
    const { rows } = await kit.world.store.pool.query<{ password_hash: string | null }>(
      'select password_hash from person order by email',
    );
    expect(rows.map(({ password_hash }) => password_hash?.slice(0, 10))).toEqual([
      '$argon2id$',
      '$argon2id$',
      undefined,
    ]);
  });
});
