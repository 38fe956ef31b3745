import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ClusterInUse,
  type DatabaseAddress,
  EmbeddedUnavailable,
  ensureWorldDatabase,
  existingCluster,
  findRunningCluster,
  startEmbedded,
} from '@moothall/store';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Call } from '../command.ts';

const IN_USE_WAIT_MS = 20_000;
const IN_USE_POLL_MS = 100;

/** The database of a world while a command works on it. */
export type OpenDatabase = { address: DatabaseAddress; close(): Promise<void> };

/** The outside database that the environment names. @throws CliError (usage) when it is no URL of PostgreSQL */
export function outsideDatabase({ io }: Call): DatabaseAddress | undefined {
  const url = io.env.MOOT_DATABASE_URL;
  if (!url) return undefined;
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return { connectionString: url };
  throw new CliError(
    'MOOT_DATABASE_URL: expected a URL such as postgres://user@host/database.',
    exitCodes.usage,
  );
}

async function ofServer(dataDir: string): Promise<OpenDatabase | undefined> {
  const running = findRunningCluster(dataDir);
  if (!running) return undefined;
  const { address } = await ensureWorldDatabase(running);
  return { address, close: async () => {} };
}

async function ofOwn({ dataDir, io }: Call): Promise<OpenDatabase> {
  const cluster = await startEmbedded({ dataDir, log: (line) => io.err(`${line}\n`), ownerWaitMs: 0 });
  const { address } = await ensureWorldDatabase(cluster.address);
  return { address, close: () => cluster.stop() };
}

// A server that starts or stops holds the folder while its database cannot be used.
async function embedded(call: Call): Promise<OpenDatabase> {
  const deadlineMs = performance.now() + IN_USE_WAIT_MS;
  for (;;) {
    try {
      return (await ofServer(call.dataDir)) ?? (await ofOwn(call));
    } catch (error) {
      if (error instanceof EmbeddedUnavailable) throw new CliError(error.message);
      if (!(error instanceof ClusterInUse)) throw error;
      if (performance.now() > deadlineMs) throw new CliError(`${error.message}.`);
      await sleep(IN_USE_POLL_MS);
    }
  }
}

/** Opens the world's database: outside, of the running server, or the embedded one, made when there is none. */
export async function openDatabase(call: Call): Promise<OpenDatabase> {
  const address = outsideDatabase(call);
  return address ? { address, close: async () => {} } : embedded(call);
}

/** Opens the database of a world that exists. @throws CliError when the data folder holds none */
export async function openExistingDatabase(call: Call): Promise<OpenDatabase> {
  if (!outsideDatabase(call) && existingCluster(call.dataDir) === undefined) {
    throw new CliError(
      `There is no world in ${call.dataDir}: name its data folder with --data, or its database with MOOT_DATABASE_URL.`,
    );
  }
  return openDatabase(call);
}

/** Whether nothing lies in a folder, or it does not exist. */
export function isEmptyFolder(path: string): boolean {
  return !existsSync(path) || readdirSync(path).length === 0;
}
