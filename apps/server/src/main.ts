import type { Door, PlatformHooks } from '@moothall/platform';
import { bannerLines } from './banner.ts';
import { ConfigError, describeConfig, readConfig, type ServerConfig } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { createLog } from './log.ts';
import { openLab } from './open-lab.ts';
import { openPlatform } from './open-platform.ts';
import { stopOnSignals } from './stop-on-signals.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function run(config: ServerConfig): Promise<void> {
  const log = createLog(config);
  log.info({ settings: describeConfig(config) }, 'configuration');
  const folder = openDataFolder(config.data);
  const database = await openDatabase(config, folder.path, say);
  const secretKey = config.secretKey ?? folder.key('secret-key');
  const base = { config, folder, database };
  const opened = config.mode === 'lab' ? await openLab(base, secretKey, log) : undefined;
  const doors: Door[] = opened ? [opened.lab.door] : [];
  const hooks: PlatformHooks = opened ? opened.lab.hooks : {};
  const serving = {
    config,
    database: database.address,
    blobFolder: folder.blobs,
    secretKey,
    log,
    doors,
    hooks,
  };
  const { platform, listen } = await openPlatform(serving);
  stopOnSignals(log, async () => {
    await platform.drain();
    await opened?.lab.stop();
    await platform.close();
    await database.stop();
    folder.withdraw();
  });
  const source = { demo: config.demo, ...(config.world && { worldFile: config.world }) };
  const report = await opened?.lab.start(platform, source);
  const baseUrl = await listen(config.port);
  await platform.startWork();
  folder.announce({ baseUrl, mode: config.mode, pid: process.pid, ...(opened && { labKey: opened.labKey }) });
  for (const line of [
    ...bannerLines(config, platform.world.config.behaviour, baseUrl, opened?.labKey),
    ...(report?.lines ?? []),
  ])
    say(line);
  platform.markReady();
  say(`ready ${baseUrl}`);
}

/**
 * Starts the server: the entry of `npm start`.
 * @param argv options without the program's name
 */
export async function main(argv: string[]): Promise<void> {
  try {
    await run(readConfig(argv, process.env));
  } catch (error) {
    const { name, message, stack } = error as Error;
    // The lab, whose error this is, cannot be imported here.
    const isExpected = error instanceof ConfigError || name === 'WorldFileError';
    process.stderr.write(`${isExpected ? message : stack}\n`);
    process.exit(1);
  }
}
