import { countTokens } from '@moothall/platform';
import {
  addClient,
  refresh,
  startTestPlatform,
  type TestClient,
  type TestPlatform,
  tokensOf,
} from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MINUTE = 60_000;
const DAY = 86_400_000;
let kit: TestPlatform;
let client: TestClient;
beforeAll(async () => {
  kit = await startTestPlatform({ work: false });
  kit.world.clock.freeze();
  client = await addClient(kit);
});
afterAll(() => kit.close());

describe('an integration over time', () => {
  it('that refreshes at expiry never holds more than 2 active tokens in 365 days (F20)', async () => {
    const person = await kit.addPerson();
    await kit.world.store.pool.query('delete from token where person_id = $1', [person.id]);
    const { refresh_token } = await tokensOf(kit, client, person);
    const counts = [await countTokens(kit.world, kit.world.store.db, person.id)];
    for (let day = 14; day <= 365; day += 14) {
      kit.world.clock.advance(14 * DAY - 1000);
      expect((await refresh(kit, client, refresh_token)).status).toBe(200);
      counts.push(await countTokens(kit.world, kit.world.store.db, person.id));
      kit.world.clock.advance(1000);
    }
    expect(Math.max(...counts)).toBe(2);
  });

  it('that refreshes every 5 minutes meets the limit after 62.5 hours, and goes on as tokens expire (F20)', async () => {
    const person = await kit.addPerson();
    await kit.world.store.pool.query('delete from token where person_id = $1', [person.id]);
    const started = kit.world.clock.nowMs();
    const { refresh_token } = await tokensOf(kit, client, person);
    let reply = { status: 200, body: {} as { error?: string } };
    while (reply.status === 200) {
      kit.world.clock.advance(5 * MINUTE);
      reply = await refresh(kit, client, refresh_token);
    }
    expect(reply.body.error).toBe('tokenlimit_reached');
    const hours = (kit.world.clock.nowMs() - started) / 3_600_000;
    expect(hours).toBeCloseTo((750 * 5) / 60, 5);

    kit.world.clock.advance(started + 14 * DAY - 1000 - kit.world.clock.nowMs());
    expect((await refresh(kit, client, refresh_token)).status).toBe(400);
    kit.world.clock.advance(1000);
    expect((await refresh(kit, client, refresh_token)).status).toBe(200);
    expect((await refresh(kit, client, refresh_token)).status).toBe(400);
  }, 120_000);
});
