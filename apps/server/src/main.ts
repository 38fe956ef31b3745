import type { Door, PlatformHooks } from '@moothall/platform';
import { bannerLines, signInLines } from './banner.ts';
import { describeConfig, readConfig, type ServerConfig, usage } from './config.ts';
import { openDataFolder, type ServerFile } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { createLog } from './log.ts';
import { openLab } from './open-lab.ts';
import { type Listening, openPlatform } from './open-platform.ts';
import { describeFailure } from './start-failure.ts';
import { stopOnSignals } from './stop-on-signals.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

function serverFile(config: ServerConfig, { baseUrl, localUrl }: Listening, labKey?: string): ServerFile {
  // A certificate is for the public name.
  const reached = config.tlsCert ? baseUrl : localUrl;
  return {
    baseUrl: reached,
    publicUrl: baseUrl,
    mode: config.mode,
    pid: process.pid,
    ...(labKey && { labKey }),
    ...(config.services.includes('worker') && { sendsMail: config.smtpUrl !== undefined }),
  };
}

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
  const listening = await listen(config.port);
  await platform.startWork();
  // A process without the API has nothing to tell to commands.
  if (config.services.includes('api')) folder.announce(serverFile(config, listening, opened?.labKey));
  for (const line of [
    ...bannerLines(config, platform.world.config.behaviour, listening, opened?.labKey),
    ...(report?.lines ?? []),
    ...signInLines(report?.people ?? [], listening.baseUrl),
  ])
    say(line);
  platform.markReady();
  say(`ready ${listening.baseUrl}`);
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
