import { createSessionAuthenticator, endSessions, enterSite, startSession } from '@moothall/platform';
import { startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let kit: TestPlatform;
let ada: TestPerson;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false, limits: { 'token.active_per_account': 3 } });
  ada = await kit.addPerson();
});
afterAll(() => kit.close());

const who = () => ({ personId: ada.id, orgId: ada.orgId });
const start = () => kit.world.store.tx((tx) => startSession(kit.world, tx, who()));
const enter = (sessionId: Awaited<ReturnType<typeof start>>['sessionId']) =>
  kit.world.store.tx((tx) => enterSite(kit.world, tx, { sessionId, ...who() }, 'portal'));

describe('a session', () => {
  it('lets in at the account until it ends, and at a site once that is entered', async () => {
    const authenticate = createSessionAuthenticator(kit.world);
    const { cookie, sessionId } = await start();
    expect(await authenticate(cookie, 'account')).toMatchObject({ personId: ada.id, sessionId });
    await expect(authenticate(cookie, 'portal')).rejects.toMatchObject({ code: 'session.site_not_entered' });
    await enter(sessionId);
    expect(await authenticate(cookie, 'portal')).toMatchObject({ personId: ada.id });
    const cause = { orgId: ada.orgId, actorId: ada.id };
    expect(await kit.world.store.tx((tx) => endSessions(kit.world, tx, ada.id, [sessionId], cause))).toBe(1);
    expect(await authenticate(cookie, 'account')).toBeUndefined();
  });

  it('takes a slot of the ledger for a site, none by itself, and frees it at its end (F17, F21)', async () => {
    const [one, two, three] = [await start(), await start(), await start()];
    await enter(one.sessionId);
    await enter(two.sessionId);
    await expect(enter(three.sessionId)).rejects.toMatchObject({ code: 'token.limit_reached' });
    const authenticate = createSessionAuthenticator(kit.world);
    expect(await authenticate(three.cookie, 'account')).toMatchObject({ personId: ada.id });
    const cause = { orgId: ada.orgId, actorId: ada.id };
    await kit.world.store.tx((tx) => endSessions(kit.world, tx, ada.id, [one.sessionId], cause));
    await enter(three.sessionId);
  });
});
