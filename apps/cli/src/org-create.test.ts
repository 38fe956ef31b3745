import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseAddress, ReopenablePool, startEmbedded } from '@moothall/store';
import { inDatabase } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runCli, runJson } from './test-support.ts';

let folder: string;

/** As an operator writes it; a socket's folder stands in the place of the host. */
function urlOf(address: DatabaseAddress): string {
  if ('connectionString' in address) return address.connectionString;
  const { user, host, port, database } = address;
  return `postgresql://${user}@${encodeURIComponent(host)}:${port}/${database}`;
}

async function onServer(server: DatabaseAddress, sql: string): Promise<void> {
  const pool = new ReopenablePool(server, { maxConnections: 1, statementTimeoutMs: 30_000 });
  await pool.query(sql);
  await pool.end();
}

const create = (name: string, dataDir: string) => [
  ...['org', 'create', '--name', name, '--domain', `${name}.test`],
  ...['--admin-email', `admin@${name}.test`, '--data', dataDir],
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moot-org-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('org create', () => {
  it('works on an empty data folder, and gives the world a key', async () => {
    const dataDir = join(folder, 'new');
    expect(await runJson(create('acme', dataDir))).toEqual({
      orgId: expect.stringMatching(/^Y2lzY29z/),
      personId: expect.stringMatching(/^Y2lzY29z/),
      token: expect.stringMatching(/^[0-9a-f]+_P0A1_[0-9a-f-]{36}$/),
      expires: expect.stringMatching(/Z$/),
      signInUrl: expect.stringMatching(/^\/account\/sign-in\?link=[\w-]{43}$/),
    });
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o777).toBe(0o600);
  }, 120_000);

  it('waits for the database of a server that is starting', async () => {
    const dataDir = join(folder, 'new');
    const starting = startEmbedded({ dataDir, durable: false });
    expect(await runJson(create('early', dataDir))).toHaveProperty('token');
    await (await starting).stop();
  }, 120_000);

  it('works on an outside database, and refuses a domain that is taken', async () => {
    const server = JSON.parse(inject('testServer')) as DatabaseAddress;
    const name = `moot_cli_${randomUUID().slice(0, 8)}`;
    const url = urlOf(inDatabase(server, name));
    await onServer(server, `create database ${name}`);
    const env = { MOOT_DATABASE_URL: url, MOOT_PUBLIC_URL: 'https://moot.test/' };
    const dataDir = join(folder, 'outside');
    const { code, stdout } = await runCli(create('acme', dataDir), env);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^orgId .*\npersonId .*\ntoken .*\nexpires .*\nsignInUrl +https:\/\/moot\.test\/account\/sign-in\?link=.*\n$/,
      ),
    ]);
    const again = await runCli(create('acme', dataDir), env);
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toContain("an organisation has 'acme.test' already");
    expect((await runCli(['doctor', '--data', dataDir], env)).stdout).toContain('schema up to date');
    expect(existsSync(dataDir)).toBe(false);
    await onServer(server, `drop database ${name}`);
  });
});

describe('doctor', () => {
  it('judges a machine without a server, and makes nothing', async () => {
    const dataDir = join(folder, 'unborn');
    const report = await runJson<{ checks: { check: string; detail: string }[] }>(
      ['doctor', '--data', dataDir],
      { MOOT_PORT: '0' },
    );
    expect(report.checks.find(({ check }) => check === 'data folder')?.detail).toContain(
      'which will be made',
    );
    expect(existsSync(dataDir)).toBe(false);
  });

  it('fails with a remedy when the server does not answer', async () => {
    const argv = ['doctor', '--data', join(folder, 'unborn'), '--url', 'http://127.0.0.1:9'];
    const { code, stdout } = await runCli(argv, { MOOT_PORT: '0' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL +server +http:\/\/127.0.0.1:9 does not answer/);
  });
});
