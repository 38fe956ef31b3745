import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePairId, encodeWireId, type Uuid } from '@moothall/core';
import { allMigrations } from '@moothall/platform';
import { type DatabaseAddress, type Migration, migrate, ReopenablePool } from '@moothall/store';
import { apiClient, createDatabase, startBarePlatform } from '@moothall/testkit';
import { describe, expect, inject, it } from 'vitest';
import released from './released.json' with { type: 'json' };
import { adaToken, insertReleasedRows, left } from './released-rows.ts';

/** What a step may not do while servers of the previous release still run. */
const breaking =
  /\bdrop\s+(table|column)\b|\brename\s+(to|column)\b|\balter\s+column\s+\w+\s+(set\s+data\s+)?type\b|\bset\s+not\s+null\b|\bdrop\s+default\b/i;

function breakingSteps(migrations: readonly Migration[]): string[] {
  return migrations
    .filter((step) => step.phase === 'expand' && breaking.test(step.sql))
    .map((step) => step.name);
}

/** A new database without any table. */
async function emptyDatabase(): Promise<{
  address: DatabaseAddress;
  pool: ReopenablePool;
  drop(): Promise<void>;
}> {
  const { address, drop } = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
  const pool = new ReopenablePool(address, { maxConnections: 2, statementTimeoutMs: 10_000 });
  await pool.query('drop schema public cascade');
  await pool.query('create schema public');
  return { address, pool, drop };
}

describe('the schema of a release', () => {
  it('is kept: every released step is still there', () => {
    const names = new Set(allMigrations().map((step) => step.name));
    expect(released.migrations.filter((name) => !names.has(name))).toEqual([]);
  });

  it('is only expanded by steps that run beside the previous release', () => {
    expect(breakingSteps(allMigrations())).toEqual([]);
    const planted = [
      'alter table room drop column title',
      'alter table room rename column title to name',
    ].map((sql): Migration => ({ name: sql, phase: 'expand', sql }));
    expect(breakingSteps(planted)).toHaveLength(2);
    expect(breakingSteps(planted.map((step) => ({ ...step, phase: 'contract' })))).toEqual([]);
  });

  it('is upgraded with what it holds, and served', async () => {
    const { address, pool, drop } = await emptyDatabase();
    const wanted = new Set(released.migrations);
    const previous = allMigrations().filter((step) => wanted.has(step.name));
    expect(await migrate(pool, previous)).toEqual([...released.migrations].sort());
    await insertReleasedRows(pool);
    await pool.end();

    const blobFolder = await mkdtemp(join(tmpdir(), 'moot-upgrade-'));
    const kit = await startBarePlatform({ database: address, blobFolder });
    try {
      const api = apiClient(kit.baseUrl, adaToken);
      expect((await api.get('/people/me')).body).toMatchObject({ displayName: 'Ada Adler' });
      const roomId = encodeWireId('ROOM', left.room);
      expect((await api.get(`/rooms/${roomId}`)).body).toMatchObject({ title: 'General', type: 'group' });
      const { items } = (await api.get(`/messages?roomId=${roomId}`)).body;
      expect(items.map((one: { text: string }) => one.text)).toEqual([
        'A reply',
        'Written before the upgrade',
      ]);
      expect(items[0].parentId).toBe(encodeWireId('MESSAGE', left.message));
      const members = (await api.get(`/memberships?roomId=${roomId}`)).body.items;
      expect(members).toHaveLength(2);
      expect((await api.get('/teams')).body.items).toMatchObject([{ name: 'Ops' }]);
      expect((await api.get('/webhooks')).body.items).toMatchObject([{ name: 'Hook', status: 'active' }]);

      const posted = await api.post('/messages', { roomId, text: 'Written after it' });
      expect([posted.status, posted.body.text]).toEqual([200, 'Written after it']);
      const pair = { first: left.ben as Uuid, second: left.room as Uuid };
      expect((await api.delete(`/memberships/${encodePairId('MEMBERSHIP', pair)}`)).status).toBe(204);
    } finally {
      await kit.close();
      await drop();
      await rm(blobFolder, { recursive: true, force: true });
    }
  });
});
