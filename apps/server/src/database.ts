import { clusterUrl, type DatabaseAddress, ensureDatabase, startEmbedded } from '@moothall/store';
import type { ServerConfig } from './config.ts';

/** Name of the database within the embedded cluster. */
const DATABASE_NAME = 'moothall';

/** Where the world's database is, and one to create and drop databases from. */
export type OpenedDatabase = {
  address: DatabaseAddress;
  maintenance: DatabaseAddress;
  stop(): Promise<void>;
};

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
  const maintenance = clusterUrl(cluster.address, 'postgres');
  await ensureDatabase(maintenance, DATABASE_NAME);
  return { address: clusterUrl(cluster.address, DATABASE_NAME), maintenance, stop: () => cluster.stop() };
}
