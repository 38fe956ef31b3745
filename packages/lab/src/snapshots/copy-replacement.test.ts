import type { DatabaseAddress } from '@moothall/store';
import { inDatabase } from '@moothall/testkit';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startTestLab, type TestLab } from '../test-lab.ts';
import { createCopyReplacement } from './copy-replacement.ts';
import { createDatabaseCopies, type DatabaseCopies, databaseOf } from './database-copies.ts';
import { CopyGone } from './database-server.ts';
import { createKeptRows } from './kept-rows.ts';
import { createWorldGate } from './world-gate.ts';

let kit: TestLab;
let copies: DatabaseCopies;
beforeAll(async () => {
  kit = await startTestLab();
  const maintenance = inDatabase(JSON.parse(inject('testServer')) as DatabaseAddress, 'postgres');
  copies = createDatabaseCopies(
    maintenance,
    () => databaseOf(kit.world.store.pool.address),
    async () => undefined,
  );
});
afterAll(async () => {
  await copies.close();
  await kit.close();
});

const addRoom = (title: string) => kit.as('uma@acme.test').post('/rooms', { title });

it('has a copy that is gone when its turn comes prepared once more, and not twice', async () => {
  const { platform } = kit;
  const kept = createKeptRows(kit.world);
  const replacement = createCopyReplacement({ platform, gate: createWorldGate(), copies, kept });
  const base = (await copies.list()).find(({ kind }) => kind === 'base')!;
  // The lab of the test may prepare a copy of the base itself.
  const { database } = await copies.copy(base.database, { ...base, kind: 'snapshot', name: 'of the test' });
  const { body } = await addRoom('To be forgotten');
  const asked: string[] = [];
  const prepared = async () => {
    asked.push('asked');
    return asked.length === 1 ? 'moot_next_that_is_gone' : copies.prepareSwap({ ...base, database });
  };
  const epoch = await replacement.by(prepared);
  expect(epoch).toBe(1);
  expect(asked).toHaveLength(2);
  expect((await kit.as('uma@acme.test').get(`/rooms/${body.id}`)).status).toBe(404);
  await expect(replacement.by(async () => 'moot_next_that_is_gone')).rejects.toThrow(CopyGone);
  expect((await addRoom('It goes on')).status).toBe(200);
  replacement.tidyAfter(Promise.resolve());
  await replacement.stop();
  await kept.close();
});
