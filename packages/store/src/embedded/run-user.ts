import { spawnSync } from 'node:child_process';
import { chownSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedUnavailable } from './unavailable.ts';

/** Numeric user and group that PostgreSQL runs as. */
export type RunUser = { uid: number; gid: number };

const NOBODY: RunUser = { uid: 65534, gid: 65534 };

/** Tells whether this process is root, which PostgreSQL refuses to run as. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** This process's own user id and group id. */
export function ownUser(): RunUser {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}

function postgresAccount(): RunUser | undefined {
  try {
    const entry = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
    if (entry === null || entry[1] === '0') return undefined;
    return { uid: Number(entry[1]), gid: Number(entry[2]) };
  } catch {
    return undefined;
  }
}

/** Chooses who runs the cluster in a folder: this process's user or, for root, the owner of the existing
 *  cluster, else the account `postgres`, else user id 65534. Keeping the owner means that a machine which
 *  gains a `postgres` account later does not have to change a whole cluster's ownership (decided). */
export function runUserFor(clusterDir: string): RunUser {
  if (!isRoot()) return ownUser();
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return postgresAccount() ?? NOBODY;
}

/** Spawn options that make a child run as that user; none when it is this process's own. */
export function spawnAs(user: RunUser): Partial<RunUser> {
  return isRoot() ? user : {};
}

/** Runs a test in `/bin/sh` as that user and tells whether it succeeded; `args` are `$1`, `$2`, ...
 *  @throws EmbeddedUnavailable  when root may not take that user id */
export function testAs(user: RunUser, script: string, ...args: string[]): boolean {
  const options = { ...spawnAs(user), cwd: '/', stdio: 'ignore' } as const;
  const result = spawnSync('/bin/sh', ['-c', script, 'sh', ...args], options);
  const code = (result.error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'EPERM' || code === 'EINVAL') {
    throw new EmbeddedUnavailable(
      `PostgreSQL refuses to run as root, and root may not become user id ${user.uid} (${code})`,
    );
  }
  return result.status === 0;
}

/** Gives one file or folder to that user, when this process is root.
 *  @throws Error  when the file system or the container does not let root change owners */
export function giveTo(user: RunUser, path: string): void {
  if (!isRoot()) return;
  try {
    chownSync(path, user.uid, user.gid);
  } catch (error) {
    throw new Error(
      `Root may not give ${path} to user id ${user.uid} (${(error as NodeJS.ErrnoException).code}): ` +
        'use a data folder on a file system that keeps owners, start as an ordinary user, or set MOOT_DATABASE_URL.',
    );
  }
}

/** Gives a whole cluster to its user where root owns part of it, as after a restore from a backup. */
export function giveClusterTo(user: RunUser, clusterDir: string): void {
  if (!isRoot()) return;
  const samples = [clusterDir, join(clusterDir, 'PG_VERSION'), join(clusterDir, 'global', 'pg_control')];
  if (samples.every((path) => statSync(path).uid === user.uid)) return;
  giveTreeTo(user, clusterDir);
}

function giveTreeTo(user: RunUser, path: string): void {
  lchownSync(path, user.uid, user.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) giveTreeTo(user, join(path, name));
}
