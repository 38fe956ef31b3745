import { apiClient } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';

let kit: TestLab;
beforeAll(async () => {
  kit = await startTestLab({ limits: { 'token.active_per_account': 3 } });
});
afterAll(() => kit.close());

const mint = (body: Record<string, unknown>) => kit.lab.post('/lab/v1/tokens', body);

describe('tokens of the lab', () => {
  it('are made for a person with the scopes asked for, or with all that their roles allow', async () => {
    const asked = await mint({ personEmail: 'UMA@acme.test', scopes: ['spark:people_read'] });
    expect(asked.body.token.split('_')).toHaveLength(3);
    expect((await apiClient(kit.baseUrl, asked.body.token).get('/people/me')).status).toBe(200);
    expect((await apiClient(kit.baseUrl, asked.body.token).get('/rooms')).status).toBe(403);
    const full = await mint({ personEmail: 'ada@acme.test' });
    expect(full.body.scopes).toEqual(expect.arrayContaining(['spark:all', 'spark-admin:organizations_read']));
    expect((await apiClient(kit.baseUrl, full.body.token).get('/organizations')).status).toBe(200);
    const user = await mint({ personEmail: 'nico@acme.test' });
    expect(user.body.scopes).toEqual(['spark:all', 'spark:kms']);
  });

  it('count towards the limit of active tokens', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 3; count++)
      statuses.push((await mint({ personEmail: 'gina@globex.test' })).status);
    expect(statuses).toEqual([200, 200, 400]);
  });

  it.each([
    [{ personEmail: 'nobody@acme.test' }, 404],
    [{ personEmail: 'no address' }, 400],
    [{ personEmail: 'uma@acme.test', scopes: [] }, 400],
    [{ personEmail: 'uma@acme.test', scopes: ['two words'] }, 400],
    [{ personEmail: 'uma@acme.test', expiresInSeconds: 0 }, 400],
    [{}, 400],
  ])('are refused for %j', async (body, status) => {
    expect((await mint(body)).status).toBe(status);
  });
});

describe('people of the lab', () => {
  it('are listed with their organisations, so that somebody can be chosen', async () => {
    const { items } = (await kit.lab.get('/lab/v1/people')).body;
    const find = (email: string) => items.find((item: { email: string }) => item.email === email);
    expect(find('ada@acme.test')).toMatchObject({ type: 'person', organization: 'Acme' });
    expect(find('ada@acme.test').roles).toContain('full_admin');
    expect(find('uma@acme.test').roles).toEqual([]);
    expect(items.some(({ type }: { type: string }) => type === 'bot')).toBe(true);
    expect((await kit.lab.get('/lab/v1/people?max=1')).body.items).toHaveLength(1);
  });
});
