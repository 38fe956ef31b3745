import { addApp, findAppByClientId, isDuplicate } from '@moothall/platform';
import { startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform();
});
afterAll(() => kit.close());

describe('addApp', () => {
  it('stores an app with a client id of its own and emits its event', async () => {
    const request = { kind: 'bot' as const, name: 'Echo', orgId: kit.orgId, config: { answer: 42 } };
    const { id, clientId } = await kit.world.store.tx((tx) => addApp(kit.world, tx, request));
    expect(clientId).toMatch(/^C[0-9a-f]{64}$/);
    expect(await findAppByClientId(kit.world.store.db, clientId)).toMatchObject({
      id,
      kind: 'bot',
      owner_id: null,
      config: { answer: 42 },
    });
    const last = (await kit.events()).at(-1);
    expect(last).toMatchObject({ resource: 'apps', event: 'created', data: { id, kind: 'bot', clientId } });
  });

  it('refuses a client id that another app has', async () => {
    const request = { kind: 'integration' as const, name: 'CRM', orgId: kit.orgId, clientId: 'Cfixed' };
    await kit.world.store.tx((tx) => addApp(kit.world, tx, request));
    const again = kit.world.store.tx((tx) => addApp(kit.world, tx, request)).catch((error: unknown) => error);
    expect(isDuplicate(await again, 'app_client')).toBe(true);
  });
});
