import type { Command } from '../command.ts';

/** Restores a backup into an empty place. */
export const restore: Command = {
  name: 'restore',
  summary: 'Restore a backup into an empty data folder, or into the empty database of MOOT_DATABASE_URL',
  arguments: [['<backup>', 'file or folder that `moot backup` wrote']],
  needs: ['data'],
  examples: [
    'MOOT_SECRET_KEY=$(cat /var/lib/moothall/secret-key) moot restore world.tar --data /var/lib/moothall-2',
    'moot restore world-with-key.tar --data ./restored --json',
  ],
  async run(call) {
    const { restoreWorld } = await import('../world/restore-world.ts');
    const { createdAt, tables, blobs } = await restoreWorld(call, call.given.argument(0));
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return {
      document: { dataDir: call.dataDir, createdAt, tables: tables.length, rows, blobs: blobs.length },
    };
  },
};
