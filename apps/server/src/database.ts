import { ensureWorldDatabase, startEmbedded, type WorldDatabase } from '@moothall/store';
import type { ServerConfig } from './config.ts';

/** Where the world's database is, and one to create and drop databases from. */
export type OpenedDatabase = WorldDatabase & { stop(): Promise<void> };

function outside(url: string): OpenedDatabase {
  const maintenance = new URL(url);
  // PostgreSQL's own rule: without a name the database is called after the user.
  const own = decodeURIComponent(maintenance.pathname.slice(1)) || maintenance.username;
  // A lab ends all connections to the database that it copies.
  maintenance.pathname = own === 'postgres' ? '/template1' : '/postgres';
  return {
    address: { connectionString: url },
    maintenance: { connectionString: maintenance.href },
    stop: async () => {},
  };
}

/** Opens the outside database, or starts the embedded one in the data folder. */
export async function openDatabase(
  config: ServerConfig,
  dataDir: string,
  log: (line: string) => void,
): Promise<OpenedDatabase> {
  if (config.databaseUrl) return outside(config.databaseUrl);
  const cluster = await startEmbedded({ dataDir, log });
  return { ...(await ensureWorldDatabase(cluster.address)), stop: () => cluster.stop() };
}
