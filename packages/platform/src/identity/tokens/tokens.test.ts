import {
  addPerson,
  countTokens,
  createAuthenticator,
  firstPartyAppOf,
  firstPartyApps,
  hashToken,
  listTokens,
  mintToken,
  mintTokens,
  newTokenText,
  revokeTokens,
  scopesOfRoles,
  type TokensOf,
  tokenKey,
} from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LIMIT = 8;
const MINUTE = 60;
const APP = `C${'b'.repeat(64)}`;

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false, limits: { 'token.active_per_account': LIMIT } });
});
afterAll(() => kit.close());

const mint = (person: TestPerson, more: Partial<Parameters<typeof mintToken>[2]> = {}) =>
  kit.world.store.tx((tx) =>
    mintToken(kit.world, tx, { personId: person.id, orgId: person.orgId, scopes: ['spark:all'], ...more }),
  );
const revoke = (of: TokensOf) =>
  kit.world.store.tx((tx) => revokeTokens(kit.world, tx, of, { orgId: kit.orgId }));
const idsOf = async (of: TokensOf) =>
  (await listTokens(kit.world, kit.world.store.db, of)).map((row) => row.id);
const count = (person: TestPerson) => countTokens(kit.world, kit.world.store.db, person.id);

describe('the text of a token', () => {
  it('has three parts, the last of which is the organisation', () => {
    const text = newTokenText(kit.world.random, kit.orgId);
    expect(text.split('_')).toEqual([expect.stringMatching(/^[0-9a-f]{96}$/), 'P0A1', kit.orgId]);
    expect(hashToken(text).toString('base64')).toBe(tokenKey(text));
  });
});

describe('the ledger', () => {
  it('F15, F16: refuses one more than an account may have, and leaves the others as they are', async () => {
    const ada = await kit.addPerson();
    const made = [];
    while ((await count(ada)) < LIMIT) made.push(await mint(ada));
    await expect(mint(ada)).rejects.toMatchObject({
      code: 'token.limit_reached',
      oauthError: 'tokenlimit_reached',
    });
    const authenticate = createAuthenticator(kit.world);
    for (const { token } of made) expect(await authenticate(token)).toMatchObject({ personId: ada.id });
    const other = await kit.addPerson();
    expect(await count(other)).toBe(1);
  });

  it('F15: gives 50 who ask at once exactly the slots that are free', async () => {
    const ada = await kit.addPerson();
    while ((await count(ada)) < LIMIT - 1) await mint(ada);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => mint(ada)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await count(ada)).toBe(LIMIT);
  });

  it('F18: gives back exactly one slot when one token expires', async () => {
    const ada = await kit.addPerson();
    await mint(ada, { lifetimeSeconds: MINUTE });
    while ((await count(ada)) < LIMIT) await mint(ada, { lifetimeSeconds: 2 * MINUTE });
    kit.world.clock.advance(MINUTE * 1000);
    await mint(ada);
    await expect(mint(ada)).rejects.toMatchObject({ code: 'token.limit_reached' });
  });

  it('counts each of many that are made at once, of several people', async () => {
    const [ada, ben] = [await kit.addPerson(), await kit.addPerson()];
    const request = (person: TestPerson) => ({ personId: person.id, orgId: person.orgId, scopes: [] });
    const many = [...Array.from({ length: LIMIT - 1 }, () => request(ada)), request(ben)];
    const made = await kit.world.store.tx((tx) => mintTokens(kit.world, tx, many));
    expect(new Set(made.map(({ token }) => token)).size).toBe(LIMIT);
    expect([await count(ada), await count(ben)]).toEqual([LIMIT, 2]);
    const over = kit.world.store.tx((tx) => mintTokens(kit.world, tx, [request(ben), request(ada)]));
    await expect(over).rejects.toMatchObject({ code: 'token.limit_reached' });
    expect(await count(ben)).toBe(2);
    expect(await kit.world.store.tx((tx) => mintTokens(kit.world, tx, []))).toEqual([]);
  });

  it('refuses a text that exists, and counts nobody who has none', async () => {
    const ada = await kit.addPerson();
    await expect(mint(ada, { text: ada.token })).rejects.toMatchObject({ code: '23505' });
    const request = { orgId: kit.orgId, email: 'none@acme.test', displayName: 'None' };
    const id = await kit.world.store.tx((tx) => addPerson(kit.world, tx, request));
    expect(await countTokens(kit.world, kit.world.store.db, id)).toBe(0);
  });
});

describe('tokens are found and revoked', () => {
  it('by each of their facts, and by all of them together', async () => {
    const ada = await kit.addPerson();
    const [grantId, sessionId] = [kit.world.ids.uuid(), kit.world.ids.uuid()];
    const { tokenId } = await mint(ada, {
      appId: APP,
      grantId,
      sessionId,
      site: 'hub',
      lifetimeSeconds: MINUTE,
    });
    const facts: TokensOf[] = [
      { ids: [tokenId] },
      { grantIds: [grantId] },
      { sessionIds: [sessionId] },
      { appId: APP },
      { personId: ada.id, site: 'hub' },
      { ids: [tokenId], orgId: ada.orgId },
    ];
    for (const of of facts) expect(await idsOf(of)).toEqual([tokenId]);
    expect(await idsOf({ appId: APP, orgId: kit.world.ids.uuid() })).toEqual([]);
    expect(await idsOf({ ids: [tokenId], personId: kit.world.ids.uuid() })).toEqual([]);
    expect(await idsOf({ personId: ada.id })).toHaveLength(2);
    expect((await revoke({ sessionIds: [sessionId] })).map((row) => row.id)).toEqual([tokenId]);
    expect(await revoke({ sessionIds: [sessionId] })).toEqual([]);
    expect(await idsOf({ appId: APP })).toEqual([]);
  });

  it('and are refused from then on, also when another found them in between', async () => {
    const ada = await kit.addPerson();
    const authenticate = createAuthenticator(kit.world);
    const { token, tokenId } = await mint(ada);
    expect(await authenticate(token)).toMatchObject({ tokenId });
    expect(authenticate(token)).toMatchObject({ tokenId });
    await revoke({ ids: [tokenId] });
    expect(await authenticate(token)).toBeUndefined();
    expect((await kit.events()).at(-1)).toMatchObject({ resource: 'tokens', event: 'deleted' });
  });
});

describe('authentication', () => {
  it('F19: ends with the lifetime of the token, whether or not it is known already', async () => {
    const ada = await kit.addPerson();
    const authenticate = createAuthenticator(kit.world);
    kit.world.clock.freeze();
    const lifetimeSeconds = kit.world.limits.get('token.grant_lifetime');
    const { token, expiresAt } = await mint(ada, { lifetimeSeconds, appId: APP });
    const unseen = await mint(ada, { lifetimeSeconds });
    expect(expiresAt!.getTime()).toBe(kit.world.clock.nowMs() + 14 * 24 * 60 * MINUTE * 1000);
    kit.world.clock.advance(lifetimeSeconds * 1000 - 1);
    expect(await authenticate(token)).toMatchObject({ appId: APP });
    kit.world.clock.advance(1);
    expect(await authenticate(token)).toBeUndefined();
    expect(await authenticate(unseen.token)).toBeUndefined();
    kit.world.clock.resume();
  });

  it('is refused to the unknown, the deactivated and the deleted', async () => {
    const authenticate = createAuthenticator(kit.world);
    expect(await authenticate('nobody_P0A1_knows')).toBeUndefined();
    for (const change of ['login_enabled = false', 'deleted_at = created']) {
      const { id, token } = await kit.addPerson();
      expect(await authenticate(token)).toBeDefined();
      await kit.world.store.pool.query(`update person set ${change} where id = $1`, [id]);
      kit.world.caches.named('person').delete(id);
      expect(await authenticate(token)).toBeUndefined();
    }
    const { id, token } = await kit.addPerson();
    await kit.world.store.pool.query('delete from person where id = $1', [id]);
    expect(await authenticate(token)).toBeUndefined();
  });
});

describe('apps of our own', () => {
  it('have the tokens that no other app has', () => {
    expect(firstPartyAppOf('hub')).toBe(firstPartyApps.hub);
    for (const site of ['portal', null]) expect(firstPartyAppOf(site)).toBe(firstPartyApps.portal);
  });

  it('offer the scopes that roles come with', () => {
    expect(scopesOfRoles(kit.world, new Set())).toEqual(['spark:all', 'spark:kms']);
    expect(scopesOfRoles(kit.world, new Set(['full_admin']))).toContain('identity:tokens_write');
    expect(scopesOfRoles(kit.world, new Set(['compliance_officer']))).not.toContain('identity:tokens_write');
  });
});
