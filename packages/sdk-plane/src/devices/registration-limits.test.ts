import { encodeWireId } from '@moothall/core';
import { type ApiClient, startTestPlatform, type TestPerson, type TestPlatform } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DEVICES = '/wdm/api/v1/devices';
const WEEK_MS = 604_800_000;

let kit: TestPlatform;
beforeAll(async () => {
  kit = await startTestPlatform();
  kit.world.clock.freeze();
});
afterAll(() => kit.close());

const register = (api: ApiClient, ttl?: number) => api.post(DEVICES, { deviceType: 'WEB', ttl });
const countOf = async (api: ApiClient) => (await api.get(DEVICES)).body.devices.length;
const pathOf = (url: string) => new URL(url).pathname;

/** Somebody with so many live registrations. */
async function holderOf(count: number): Promise<TestPerson> {
  const person = await kit.addPerson();
  for (let at = 0; at < count; at += 20)
    await Promise.all(Array.from({ length: Math.min(20, count - at) }, () => register(person.api)));
  expect(await countOf(person.api)).toBe(count);
  return person;
}

async function goneOf(personId: string): Promise<number> {
  const events = (await kit.events()).filter(
    ({ resource, event }) => `${resource}:${event}` === 'registrations:deleted',
  );
  return events.filter(({ data }) => data.personId === personId).length;
}

describe('the limit of registrations', () => {
  it('F3, F4, F5: refuses the 101st of a user alone, and has room again when one is ended', async () => {
    const ada = await holderOf(100);
    const refused = await register(ada.api);
    expect([refused.status, refused.body.message, refused.body.errors]).toEqual([
      403,
      'User has excessive device registrations',
      [{ description: 'Device limit exceeded for participant' }],
    ]);
    expect(await countOf(ada.api)).toBe(100);
    const ben = await kit.addPerson();
    expect((await register(ben.api)).status).toBe(200);
    const { devices } = (await ada.api.get(DEVICES)).body;
    expect((await ada.api.delete(pathOf(devices[0].url))).status).toBe(204);
    expect((await register(ada.api)).status).toBe(200);
    expect((await register(ada.api)).status).toBe(403);
  });

  it('F7: lets exactly one of 50 at once in where 99 are live', async () => {
    const ada = await holderOf(99);
    const replies = await Promise.all(Array.from({ length: 50 }, () => register(ada.api)));
    const statuses = replies.map((reply) => reply.status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 403)]);
    expect(await countOf(ada.api)).toBe(100);
  });
});

describe('the life of a registration', () => {
  it('F6: ends seven days after it was made or refreshed last, and frees its slot', async () => {
    const { clock } = kit.world;
    const ada = await holderOf(100);
    const { url } = (await ada.api.get(DEVICES)).body.devices[0];
    clock.advance(3_600_000);
    expect((await ada.api.put(pathOf(url), {})).status).toBe(200);
    clock.advance(WEEK_MS - 3_601_000);
    await kit.platform.idle();
    expect([await countOf(ada.api), await goneOf(ada.id)]).toEqual([100, 0]);
    expect((await register(ada.api)).status).toBe(403);
    clock.advance(1000);
    await kit.platform.idle();
    expect([await countOf(ada.api), await goneOf(ada.id)]).toEqual([1, 99]);
    expect((await register(ada.api)).status).toBe(200);
    clock.advance(3_599_000);
    expect((await ada.api.get(pathOf(url))).status).toBe(200);
    clock.advance(1000);
    await kit.platform.idle();
    expect([(await ada.api.get(pathOf(url))).status, await goneOf(ada.id)]).toEqual([404, 100]);
  });

  it('F6: is as short as the program says, and never longer than seven days', async () => {
    const { clock } = kit.world;
    const ada = await kit.addPerson();
    const long = pathOf((await register(ada.api, 10_000_000)).body.url);
    const short = pathOf((await register(ada.api, 1800)).body.url);
    clock.advance(1_799_000);
    await ada.api.put(short, { ttl: 1800 });
    clock.advance(1_799_000);
    await kit.platform.idle();
    expect((await ada.api.get(short)).status).toBe(200);
    // A life that was made shorter ends then, although its first job was for later.
    await ada.api.put(long, { ttl: 60 });
    clock.advance(60_000);
    await kit.platform.idle();
    expect([await countOf(ada.api), await goneOf(ada.id)]).toEqual([0, 2]);
    const again = pathOf((await register(ada.api, 10_000_000)).body.url);
    clock.advance(WEEK_MS);
    expect((await ada.api.get(again)).status).toBe(404);
  });

  it('ends by the clock alone, before any job has run', async () => {
    const ada = await kit.addPerson();
    await kit.platform.stopWork();
    const path = pathOf((await register(ada.api, 60)).body.url);
    kit.world.clock.advance(60_000);
    const replies = [await ada.api.get(path), await ada.api.put(path, {}), await ada.api.delete(path)];
    expect(replies.map((reply) => reply.status)).toEqual([404, 404, 404]);
    expect([await countOf(ada.api), await goneOf(ada.id)]).toEqual([0, 0]);
    await kit.platform.startWork();
    await kit.platform.idle();
    expect(await goneOf(ada.id)).toBe(1);
  });

  it('ends with the right to sign in', async () => {
    const ada = await holderOf(2);
    const admin = await kit.addPerson({ roles: ['full_admin'], scopes: ['spark-admin:people_write'] });
    const change = { displayName: ada.displayName, loginEnabled: false };
    const reply = await admin.api.put(`/people/${encodeWireId('PEOPLE', ada.id)}`, change);
    expect([reply.status, await goneOf(ada.id)]).toEqual([200, 2]);
  });

  it('leaves no finished job behind for long', async () => {
    kit.world.clock.advance(86_400_000);
    await kit.platform.idle();
    const { rows } = await kit.world.store.pool.query(
      "select 1 from job where queue = 'registrations.expiry' and state <> 'pending' and finished_at < $1",
      [new Date(kit.world.clock.nowMs() - 21_600_000)],
    );
    expect(rows).toEqual([]);
  });
});
