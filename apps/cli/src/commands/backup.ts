import type { Command } from '../command.ts';

/** Writes a backup, online. */
export const backup: Command = {
  name: 'backup',
  summary: 'Write a backup of the world to a new file, or to an empty folder; the server may be running',
  arguments: [['<target>', 'a new file, an empty folder, or a new folder (a name that ends with /)']],
  options: [['--include-secret-key', 'put the secret key in too; keep such a backup as safe as the key']],
  needs: ['data'],
  examples: ['moot backup world.tar --data /var/lib/moothall', 'moot backup backups/monday/ --json'],
  async run(call) {
    const { backUpWorld } = await import('../world/back-up-world.ts');
    const { createdAt, tables, blobs, secretKey } = await backUpWorld(call);
    return {
      document: {
        target: call.given.argument(0),
        createdAt,
        tables: tables.length,
        rows: tables.reduce((sum, table) => sum + table.rows, 0),
        blobs: blobs.length,
        secretKeyIncluded: secretKey !== null,
      },
    };
  },
};
