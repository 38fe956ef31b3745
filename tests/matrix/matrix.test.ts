import { type Operation, successStatuses } from '@moothall/contract';
import { generalErrors } from '@moothall/core';
import { registry } from '@moothall/platform';
import { sdkPlane } from '@moothall/sdk-plane';
import { type AnyBody, type ApiClient, startTestPlatform, type TestPlatform } from '@moothall/testkit';
import { onExchange, type SeenExchange } from '@moothall/testkit/listeners';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addCallers,
  allScopes,
  bearer,
  type Caller,
  isLetIn,
  matrixRoles,
  waysTo,
  withoutCsrf,
} from './callers.ts';
import type { Entry, Sample } from './entry.ts';
import { MARK, Maker } from './maker.ts';
import { requests } from './requests.data.ts';

const SENTENCE = generalErrors['auth.forbidden'].message;
const operations = [...registry, ...sdkPlane].flatMap((slice) => slice.operations);
const isLast = ({ id }: Operation) => Number((requests[id] as Entry).last ?? false);
const guarded = operations
  .filter((operation) => operation.access && requests[operation.id])
  .sort((one, other) => isLast(one) - isLast(other));

let kit: TestPlatform;
let make: Maker;
let own: Caller[];
let strangers: Caller[];
let scopes: string[];
const exchanges = new Map<string, SeenExchange>();
const stop = onExchange((exchange) => exchanges.set(exchange.trace.trackingId, exchange));
let sent = 0;

beforeAll(async () => {
  const limits = { 'token.active_per_account': 100_000 };
  // The cloud's behaviour has every operation that the FAQ's has, and more.
  kit = await startTestPlatform({ work: false, limits, config: { behaviour: 'cloud' } });
  scopes = allScopes(kit);
  const org = await kit.addOrg(`${MARK} Works`);
  const ada = await kit.addPerson({ org, name: `${MARK} Ada`, roles: [...matrixRoles], scopes });
  const ben = await kit.addPerson({ org, name: `${MARK} Ben` });
  make = new Maker(kit, ada, ben, await kit.page(ada, 'portal', 'hub'));
  own = await addCallers(kit, org);
  strangers = await addCallers(kit, kit.orgId);
}, 120_000);
afterAll(async () => {
  stop();
  await kit.close();
});

const entryOf = (operation: Operation) => requests[operation.id] as Entry;

function pathOf(operation: Operation, { path = {}, query }: Sample): string {
  const filled = operation.fullPath.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(path[name]!),
  );
  return query ? `${filled}?${new URLSearchParams(query)}` : filled;
}

/** Sends a request and tells whether scope and role let it in. */
async function ask(operation: Operation, sample: Sample, client: ApiClient) {
  sent += 1;
  const trackingid = `MATRIX_${sent}`;
  const path = pathOf(operation, sample);
  const reply = await client.request(operation.method, path, sample.body, { trackingid });
  const admission = exchanges.get(trackingid)?.trace.steps.find((step) => step.check === 'role');
  return { ...reply, letIn: admission?.passed === true };
}

const clientOf = (operation: Operation, caller: Caller, held: readonly string[]) =>
  operation.access!.session ? caller.page : caller.withScopes(held);

/** What strangers are told must hold no name and no id of the organisation but those that they sent. */
function leaksIn(reply: { text: string; headers: Headers }, sample: Sample): string[] {
  const told = reply.text + JSON.stringify([...reply.headers]);
  const known = JSON.stringify(sample);
  const decoded = known.replace(/[A-Za-z0-9_-]{16,}/g, (id) => `${id} ${Buffer.from(id, 'base64url')}`);
  const ids = [...make.secrets].filter((id) => told.includes(id) && !decoded.includes(id));
  const names = told.match(new RegExp(`${MARK}[ .@\\w-]*`, 'gi')) ?? [];
  return [...ids, ...names.filter((name) => !known.toLowerCase().includes(name.toLowerCase()))];
}

async function doneByStrangers(): Promise<number> {
  const ids = strangers.map(({ person }) => person.id);
  const { rows } = await kit.world.store.pool.query<{ count: number }>(
    'select count(*) as count from event where org_id = $1 and actor_id = any($2)',
    [make.ada.orgId, ids],
  );
  return Number(rows[0]!.count);
}

async function expectRefusals(operation: Operation, sample: Sample): Promise<void> {
  expect((await ask(operation, sample, kit.anonymous)).status).toBe(401);
  if (!operation.access!.session) return;
  expect((await ask(operation, sample, bearer(kit, make.ada))).status).toBe(401);
  if (operation.method === 'GET') return;
  const { status, body } = await ask(operation, sample, withoutCsrf(make.page));
  expect([status, body.message]).toEqual([403, generalErrors['session.foreign_page'].message]);
}

/** Each role by each way; those who are let in come later, since they may change the object. */
async function expectRolesRefused(operation: Operation, sample: Sample): Promise<(() => Promise<void>)[]> {
  const later: (() => Promise<void>)[] = [];
  for (const caller of own)
    for (const held of waysTo(operation, scopes)) {
      const expected = isLetIn(operation.access!, caller.role, held);
      const check = async () => {
        const { letIn, status, body } = await ask(operation, sample, await clientOf(operation, caller, held));
        const cell = `${caller.role} with ${held.length > 20 ? 'no scope of it' : held.join(' ')}`;
        expect([cell, letIn]).toEqual([cell, expected]);
        if (!expected) expect([cell, status, body?.message ?? SENTENCE]).toEqual([cell, 403, SENTENCE]);
        expect([cell, status]).not.toEqual([cell, 401]);
        expect(status).toBeLessThan(500);
      };
      if (expected) later.push(check);
      else await check();
    }
  return later;
}

async function expectStrangersToldNothing(operation: Operation, sample: Sample): Promise<void> {
  const { unbound, shared, strangersGet = [403, 404] } = entryOf(operation);
  const before = await doneByStrangers();
  for (const caller of strangers) {
    const reply = await ask(operation, sample, await clientOf(operation, caller, scopes));
    expect(reply.status).toBeLessThan(500);
    if (!unbound && !shared) expect(strangersGet).toContain(reply.status);
    if (!shared) expect([caller.role, leaksIn(reply, sample)]).toEqual([caller.role, []]);
  }
  if (!shared) expect(await doneByStrangers()).toBe(before);
}

async function expectDone(operation: Operation, sample: Sample): Promise<void> {
  const { refusesWith } = entryOf(operation);
  const reply: AnyBody = await ask(operation, sample, operation.access!.session ? make.page : make.ada.api);
  const expected = refusesWith === undefined ? successStatuses(operation) : [refusesWith];
  expect(expected, `${reply.status} ${reply.text.slice(0, 300)}`).toContain(reply.status);
}

describe('F24, F25, F34: the matrix of operations', () => {
  it('has an entry for each operation, and none for what is no more', () => {
    const ids = operations.map((operation) => operation.id);
    expect(ids.filter((id) => !(id in requests))).toEqual([]);
    expect(Object.keys(requests).filter((id) => !ids.includes(id))).toEqual([]);
    const open = operations.filter((operation) => !operation.access).map((operation) => operation.id);
    const entered = Object.entries(requests).flatMap(([id, entry]) => ('open' in entry ? [id] : []));
    expect(entered.sort()).toEqual(open.sort());
  });

  it('sees it when names and ids are told', async () => {
    const roomId = await make.room();
    const told = await make.ada.api.get(`/rooms/${roomId}`);
    const leaks = leaksIn(told, { path: { roomId } });
    expect(leaks).toContain(make.ada.wireId);
    expect(leaks).toContainEqual(expect.stringContaining(MARK));
  });

  it.each(guarded.map((operation) => [operation.id, operation] as const))('%s', async (_id, operation) => {
    const sample = await entryOf(operation).request(make);
    await expectRefusals(operation, sample);
    const later = await expectRolesRefused(operation, sample);
    await expectStrangersToldNothing(operation, sample);
    const { unbound, shared } = entryOf(operation);
    // What strangers did in their own organisation, such as taking an address, may not be done twice.
    await expectDone(operation, unbound || shared ? await entryOf(operation).request(make) : sample);
    for (const check of later) await check();
  });
});
