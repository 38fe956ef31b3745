import {
  listGrants,
  lockLiveGrant,
  mintToken,
  openGrant,
  renewGrant,
  revokeGrants,
} from '@moothall/platform';
import { apiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLIENT = `C${'a'.repeat(64)}`;
let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  ada = await kit.addPerson();
});
afterAll(() => kit.close());

async function open() {
  const request = { personId: ada.id, orgId: ada.orgId, clientId: CLIENT, scopes: ['spark:people_read'] };
  return kit.world.store.tx(async (tx) => {
    const grant = await openGrant(kit.world, tx, request);
    const { token } = await mintToken(kit.world, tx, {
      personId: ada.id,
      orgId: ada.orgId,
      scopes: request.scopes,
      appId: CLIENT,
      grantId: grant.grantId,
      lifetimeSeconds: 60,
    });
    return { ...grant, token };
  });
}

describe('a grant', () => {
  it('is found by its refresh token, and renewed', async () => {
    const { grantId, refreshToken, refreshExpiresAt } = await open();
    await kit.world.store.tx(async (tx) => {
      expect(await lockLiveGrant(kit.world, tx, refreshToken)).toMatchObject({ id: grantId });
      expect(await lockLiveGrant(kit.world, tx, `${refreshToken}x`)).toBeUndefined();
      const end = await renewGrant(kit.world, tx, grantId, []);
      expect(end.getTime()).toBeGreaterThanOrEqual(refreshExpiresAt.getTime());
    });
  });

  it('takes its access tokens along when it is revoked (F33)', async () => {
    const { grantId, refreshToken, token } = await open();
    expect((await apiClient(kit.baseUrl, token).get('/people/me')).status).toBe(200);
    const cause = { orgId: ada.orgId, actorId: ada.id };
    await kit.world.store.tx((tx) => revokeGrants(kit.world, tx, { ids: [grantId] }, cause));
    expect((await apiClient(kit.baseUrl, token).get('/people/me')).status).toBe(401);
    await kit.world.store.tx(async (tx) => {
      expect(await lockLiveGrant(kit.world, tx, refreshToken)).toBeUndefined();
    });
    const left = await listGrants(kit.world, kit.world.store.db, { personId: ada.id });
    expect(left.map((row) => row.id)).not.toContain(grantId);
  });
});
