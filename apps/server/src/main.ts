import { setImmediate as othersHaveRun, setTimeout as sleep } from 'node:timers/promises';
import { existingCluster } from '@moothall/store';
import { describeConfig, readConfig, type ServerConfig, usage } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { createLog } from './log.ts';
import { describeFailure } from './start-failure.ts';

const REHEARSAL_MS = 300;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(config: ServerConfig): Promise<void> {
  const log = createLog(config);
  log.info({ settings: describeConfig(config) }, 'configuration');
  const folder = openDataFolder(config.data);
  const isNew = !config.databaseUrl && existingCluster(folder.path) === undefined;
  // The database is opened while the code that needs it is loaded: each takes about half of a start.
  const database = openDatabase(config, folder.path, say);
  // Told once the code is there; until then nobody listens.
  database.catch(() => undefined);
  // Loading holds up all else: the database's process is to be started before.
  await othersHaveRun();
  const { serve } = await import('./serve.ts');
  await serve({ config, folder, isNew, database, log, say });
}

/**
 * Goes as far as a start goes without a database, and leaves no trace of it: a build keeps what V8 compiles for that.
 * The process is to be ended afterwards.
 */
export async function rehearse(): Promise<void> {
  const config = readConfig(['--data', '/nowhere'], {});
  const { serve } = await import('./serve.ts');
  const folder = { path: '', blobs: '', key: () => 'of a rehearsal', announce() {}, withdraw() {} };
  const database = new Promise<never>(() => {});
  const serving = serve({ config, folder, isNew: true, database, log: createLog(config), say });
  await Promise.race([serving, sleep(REHEARSAL_MS)]);
}

/**
 * Starts the server: the entry of `npm start`.
 * @param argv options without the program's name
 */
export async function main(argv: string[]): Promise<void> {
  if (argv.includes('--help')) {
    say(usage());
    return;
  }
  let config: ServerConfig | undefined;
  try {
    config = readConfig(argv, process.env);
    await run(config);
  } catch (error) {
    process.stderr.write(`${describeFailure(error, config)}\n`);
    process.exit(1);
  }
}
