import type { Door, PlatformHooks } from '@moothall/platform';
import type { Logger } from 'pino';
import { bannerLines, signInLines } from './banner.ts';
import type { ServerConfig } from './config.ts';
import type { DataFolder, ServerFile } from './data-folder.ts';
import type { OpenedDatabase } from './database.ts';
import { openLab } from './open-lab.ts';
import { type Listening, openPlatform } from './open-platform.ts';
import { stopOnSignals } from './stop-on-signals.ts';

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

/** What a server stands on: it owns all of it from here on. */
export type Foundation = {
  config: ServerConfig;
  folder: DataFolder;
  /** Whether the data folder holds no database yet, so that a world is sure to be loaded. */
  isNew: boolean;
  /** Promised: what needs no database is made ready meanwhile. */
  database: Promise<OpenedDatabase>;
  log: Logger;
  /** Prints a line for whoever started it. */
  say(line: string): void;
};

/** Opens the world, listens, works, and says `ready` with the address; signals end it. */
export async function serve({ config, folder, isNew, database, log, say }: Foundation): Promise<void> {
  const secretKey = () => config.secretKey ?? folder.key('secret-key');
  const base = { config, folder, database };
  const opened = config.mode === 'lab' ? await openLab(base, secretKey, log) : undefined;
  const doors: Door[] = opened ? [opened.lab.door] : [];
  const hooks: PlatformHooks = opened ? opened.lab.hooks : {};
  const serving = {
    config,
    database: database.then(({ address }) => address),
    blobFolder: folder.blobs,
    secretKey,
    log,
    doors,
    hooks,
  };
  const source = { demo: config.demo, ...(config.world && { worldFile: config.world }) };
  const opening = openPlatform(serving);
  if (isNew) opened?.lab.readAhead(source);
  const { platform, listen } = await opening;
  // A key belongs to its world: while another process restores one here, this folder gets none of ours.
  secretKey();
  stopOnSignals(log, async () => {
    await platform.drain();
    await opened?.lab.stop();
    await platform.close();
    await (await database).stop();
    folder.withdraw();
  });
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
