import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CLUSTER_USER } from './address.ts';
import { postgresEnvironment } from './environment.ts';
import { isAlive } from './processes.ts';
import { giveTo, type RunUser, spawnAs } from './run-user.ts';

const ARGUMENTS = [
  `--username=${CLUSTER_USER}`,
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  // Built into PostgreSQL 17 and newer: upper and lower know Unicode, and no locale need be installed.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
  // For itself: it sets up shared memory of this size four times over. The server is told its own sizes.
  '--set=shared_buffers=16MB',
  '--set=max_connections=20',
];

/** Makes the cluster unless it exists and tells whether it did. `initdb` writes to a folder beside, which is
 *  renamed when complete, so a kill at any moment leaves a whole cluster or none; such remains are removed.
 *  @param major  PostgreSQL's major version of the binaries, such as `18`
 *  @throws Error  foreign content in the folder, a cluster of another major version, or initdb's own message */
export async function initialise(
  clusterDir: string,
  native: string,
  options: { user: RunUser; durable: boolean; major: string },
): Promise<boolean> {
  removeAbandoned(clusterDir);
  const version = clusterVersion(clusterDir);
  if (version === options.major) return false;
  if (version !== undefined) {
    throw new Error(
      `${clusterDir} is a cluster of PostgreSQL ${version}, and this release brings ${options.major}: ` +
        'back it up with the release that wrote it and restore it with this one.',
    );
  }
  const fresh = `${clusterDir}.init-${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(fresh, { mode: 0o700 });
    giveTo(options.user, fresh);
    await runInitdb(fresh, native, options);
    return adopt(fresh, clusterDir, options);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function runInitdb(
  folder: string,
  native: string,
  { user, durable }: { user: RunUser; durable: boolean },
): Promise<void> {
  const args = [...ARGUMENTS, ...(durable ? [] : ['--no-sync']), `--pgdata=${folder}`];
  const options = { ...spawnAs(user), cwd: folder, env: postgresEnvironment(native) };
  try {
    await promisify(execFile)(join(native, 'bin', 'initdb'), args, options);
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim();
    throw new Error(`PostgreSQL's initdb failed: ${said || String(error)}`);
  }
}

function adopt(fresh: string, clusterDir: string, options: { durable: boolean; major: string }): boolean {
  try {
    renameSync(fresh, clusterDir);
  } catch (error) {
    // Another start was faster with the same folder.
    if (clusterVersion(clusterDir) === options.major) return false;
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    throw new Error(`${clusterDir} exists and is not a PostgreSQL cluster: move it away and start again`);
  }
  if (options.durable) syncFolder(dirname(clusterDir));
  return true;
}

function clusterVersion(clusterDir: string): string | undefined {
  try {
    return readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function removeAbandoned(clusterDir: string): void {
  const prefix = `${basename(clusterDir)}.init-`;
  for (const name of readdirSync(dirname(clusterDir))) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    // In a container a killed predecessor often had this very process id.
    if (pid !== process.pid && isAlive(pid)) continue;
    rmSync(join(dirname(clusterDir), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
