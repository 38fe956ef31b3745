import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterUrl, startEmbedded } from '@moothall/store';
import type { TestProject } from 'vitest/node';
import { createTemplate } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection of the test server's maintenance database. */
    testServer: string;
  }
}

/**
 * Starts the database server of a test run: the embedded one without fsync, or the one that
 * MOOT_TEST_DATABASE_URL names, and migrates the template that each file's database is copied from.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outside = process.env.MOOT_TEST_DATABASE_URL;
  if (outside) {
    await createTemplate({ connectionString: outside });
    project.provide('testServer', JSON.stringify({ connectionString: outside }));
    return async () => {};
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'moot-test-'));
  const cluster = await startEmbedded({ dataDir, durable: false, settings: { max_connections: '300' } });
  const server = clusterUrl(cluster.address, 'postgres');
  await createTemplate(server);
  project.provide('testServer', JSON.stringify(server));
  return async () => {
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
