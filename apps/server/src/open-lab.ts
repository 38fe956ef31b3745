import type { Logger } from 'pino';
import type { ServerConfig } from './config.ts';
import type { DataFolder } from './data-folder.ts';
import type { OpenedDatabase } from './database.ts';
import { openPlatform } from './open-platform.ts';

/** What the lab is opened over. */
export type LabBase = { config: ServerConfig; folder: DataFolder; database: Promise<OpenedDatabase> };

/** The lab plane is a module of its own, loaded in lab mode only: production has no code of it in memory. */
export async function openLab({ config, folder, database }: LabBase, secretKey: () => string, log: Logger) {
  const { createLab } = await import('@moothall/lab');
  const labKey = config.labKey ?? folder.key('lab-key');
  const lab = createLab({
    labKey,
    ...(config.behaviour && { behaviour: config.behaviour }),
    maintenance: database.then(({ maintenance }) => maintenance),
    async startFork(address, forkLab) {
      const fork = {
        // A fork has the mails of its snapshot: they are the world's own to send.
        config: { ...config, port: 0, tlsPort: undefined, publicUrl: undefined, smtpUrl: undefined },
        database: address,
        blobFolder: folder.blobs,
        secretKey,
        log,
        doors: [forkLab.door],
        hooks: forkLab.hooks,
      };
      const { platform, listen } = await openPlatform(fork);
      await forkLab.start(platform, { demo: false });
      const { baseUrl } = await listen(0);
      await platform.startWork();
      platform.markReady();
      const close = async () => {
        await platform.drain();
        await forkLab.stop();
        await platform.close();
      };
      return { baseUrl, close };
    },
  });
  return { lab, labKey };
}
