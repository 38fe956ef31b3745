import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CACHE_ROOT } from './binaries-copy.ts';
import { openDataFolder } from './data-folder.ts';
import { type RunUser, runUserFor, testAs } from './run-user.ts';

/** Where the files of a cluster lie and who runs it; the cluster may not exist yet. */
export type Placement = { dataDir: string; clusterDir: string; user: RunUser };

const ID_FILE = 'cluster-id';

/** Decides where the cluster of a data folder lies: `DIR/postgres`, or a folder in the cache when the user that
 *  runs PostgreSQL cannot enter DIR. The latter's random id is kept in `DIR/cluster-id`, so a cluster that once
 *  went to the cache stays there, and an emptied DIR is a new world.
 *  @throws Error  when a cluster exists and cannot be used: data is never replaced by an empty cluster */
export function placeCluster(dataDir: string, log: (line: string) => void): Placement {
  const real = openDataFolder(dataDir);
  const cached = cachedCluster(real);
  if (cached !== undefined) return { dataDir: real, clusterDir: cached, user: runUserFor(cached) };
  const inside = join(real, 'postgres');
  const user = runUserFor(inside);
  if (testAs(user, 'cd "$1"', real)) return { dataDir: real, clusterDir: inside, user };
  if (existsSync(inside)) {
    throw new Error(
      `User id ${user.uid}, who owns the database in ${inside}, cannot reach it: ` +
        'give every folder above it the x permission for others, or move the data folder.',
    );
  }
  const clusterDir = newCachedCluster(real);
  log(
    `The database lies in ${clusterDir}, because user id ${user.uid} cannot enter ${real}; ` +
      'for data to keep, use a data folder that this user can reach',
  );
  return { dataDir: real, clusterDir, user: runUserFor(clusterDir) };
}

/** Returns the folder of the cluster that a data folder already has, or undefined. Creates nothing. */
export function existingCluster(dataDir: string): string | undefined {
  if (!existsSync(dataDir)) return undefined;
  const real = realpathSync(resolve(dataDir));
  const clusterDir = cachedCluster(real) ?? join(real, 'postgres');
  return existsSync(clusterDir) ? clusterDir : undefined;
}

function cachedCluster(dataDir: string): string | undefined {
  const idFile = join(dataDir, ID_FILE);
  if (!existsSync(idFile)) return undefined;
  const id = readFileSync(idFile, 'utf8').trim();
  if (!/^[0-9a-f]{32}$/.test(id)) throw new Error(`${idFile} is damaged: it must hold 32 hex digits`);
  const folder = join(CACHE_ROOT, `moothall-${id}`);
  if (!existsSync(originFile(folder))) {
    throw new Error(
      `The database of ${dataDir} lay in ${folder}, which is gone: ` +
        `put it back from a backup, or empty ${dataDir} to begin a new world.`,
    );
  }
  claim(folder, dataDir, id);
  return join(folder, 'postgres');
}

// A copied data folder brings the id along; two folders on one cluster would be one world under two names.
function claim(folder: string, dataDir: string, id: string): void {
  const origin = readFileSync(originFile(folder), 'utf8');
  if (origin === dataDir) return;
  const other = join(origin, ID_FILE);
  if (existsSync(other) && readFileSync(other, 'utf8').trim() === id) {
    throw new Error(
      `The database of ${dataDir} belongs to ${origin}, of which it is a copy: ` +
        `remove ${join(dataDir, ID_FILE)} to begin a new world there.`,
    );
  }
  writeFileSync(originFile(folder), dataDir);
}

function newCachedCluster(dataDir: string): string {
  const id = randomBytes(16).toString('hex');
  const folder = join(CACHE_ROOT, `moothall-${id}`);
  mkdirSync(folder, { mode: 0o711 });
  chmodSync(folder, 0o711);
  writeFileSync(originFile(folder), dataDir, { mode: 0o600 });
  try {
    writeFileSync(join(dataDir, ID_FILE), `${id}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return join(folder, 'postgres');
}

function originFile(folder: string): string {
  return join(folder, 'origin');
}
