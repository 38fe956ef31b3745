import { existsSync, readdirSync } from 'node:fs';
import {
  clusterUrl,
  type DatabaseAddress,
  EmbeddedUnavailable,
  ensureDatabase,
  existingCluster,
  findRunningCluster,
  startEmbedded,
} from '@moothall/store';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Call } from '../command.ts';

const DATABASE_NAME = 'moothall';

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

async function embedded(call: Call): Promise<OpenDatabase> {
  const running = findRunningCluster(call.dataDir);
  if (running) return { address: clusterUrl(running, DATABASE_NAME), close: async () => {} };
  try {
    const log = (line: string) => call.io.err(`${line}\n`);
    const cluster = await startEmbedded({ dataDir: call.dataDir, log });
    await ensureDatabase(clusterUrl(cluster.address, 'postgres'), DATABASE_NAME);
    return { address: clusterUrl(cluster.address, DATABASE_NAME), close: () => cluster.stop() };
  } catch (error) {
    if (error instanceof EmbeddedUnavailable) throw new CliError(error.message);
    throw error;
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
