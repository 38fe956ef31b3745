import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab();
});
afterAll(() => kit.close());

const list = (query = '') => kit.lab.get(`/lab/v1/mails${query}`);

async function forget(email: string): Promise<void> {
  await apiClient(kit.baseUrl).post('/idb/api/password-resets', { email });
  await kit.platform.idle();
}

describe('the outbox of a lab', () => {
  it('shows what would be mailed, newest first, with links that work', async () => {
    await forget('uma@acme.test');
    await forget('ada@acme.test');
    const { items } = (await list()).body;
    expect(items.slice(0, 2).map(({ to }: { to: string }) => to)).toEqual(['ada@acme.test', 'uma@acme.test']);
    expect((await list('?max=1')).body.items).toHaveLength(1);
    const [mail] = (await list('?to=UMA@acme.test')).body.items;
    expect(mail).toMatchObject({
      kind: 'password_reset',
      to: 'uma@acme.test',
      state: 'waiting',
      tries: 0,
      subject: 'Choose a new password',
    });
    expect(mail.text).toContain('for your account uma@acme.test of Acme.');
    expect(mail.text).toContain(mail.links[0]);
    const token = new URL(mail.links[0]).searchParams.get('link');
    const redeemed = await apiClient(kit.baseUrl).post('/idb/api/sign-in-links/redeem', { token });
    expect(redeemed.body.person.email).toBe('uma@acme.test');
  });

  it('asks for the key of the lab, or for somebody who is signed in', async () => {
    expect((await apiClient(kit.baseUrl).get('/lab/v1/mails')).status).toBe(401);
    expect((await apiClient(kit.baseUrl).get('/lab/page/mails')).status).toBe(401);
    expect((await kit.as('ada@acme.test').get('/lab/v1/mails')).status).toBe(401);
  });

  it.each(['?max=0', '?max=many', '?to=nobody'])('is refused for %s', async (query) => {
    expect((await list(query)).status).toBe(400);
  });
});
