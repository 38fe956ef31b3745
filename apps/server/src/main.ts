import { setImmediate as othersHaveRun } from 'node:timers/promises';
import { describeConfig, readConfig, type ServerConfig, usage } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { type OpenedDatabase, openDatabase } from './database.ts';
import { createLog } from './log.ts';
import { describeFailure } from './start-failure.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Opens the database while the code that needs it is loaded: each takes about half of a start. */
async function openBoth(opening: Promise<OpenedDatabase>) {
  // Told once the code is there; until then nobody listens.
  opening.catch(() => undefined);
  // Loading holds up all else: the database's process is to be started before.
  await othersHaveRun();
  const { serve } = await import('./serve.ts');
  return { serve, database: await opening };
}

async function run(config: ServerConfig): Promise<void> {
  const log = createLog(config);
  log.info({ settings: describeConfig(config) }, 'configuration');
  const folder = openDataFolder(config.data);
  const { serve, database } = await openBoth(openDatabase(config, folder.path, say));
  await serve({ config, folder, database, log, say });
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
