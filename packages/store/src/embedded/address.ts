import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';

/** Superuser of every embedded cluster. */
export const CLUSTER_USER = 'moothall';

/** Where a running cluster listens: a folder that holds its unix socket, the number in the socket's name
 *  (`.s.PGSQL.<port>`, no TCP port is opened) and the superuser to connect as, who needs no password. */
export type ClusterAddress = { host: string; port: number; user: string };

/** Makes the connection settings that `pg` takes for one database of an embedded cluster.
 *  TLS is off whatever `PGSSLMODE` says, because a unix socket has none. */
export function clusterUrl(address: ClusterAddress, database: string) {
  return { host: address.host, port: address.port, user: address.user, database, ssl: false as const };
}

/** Names a cluster by the folder it lies in, as `moot-<16 hex digits>`; equal only for the same folder.
 *  It is PostgreSQL's `cluster_name`, so every process of the cluster bears it in its command line.
 *  Device and inode count too: the same path in two containers is two folders.
 *  @param clusterDir  an existing folder, as a real path */
export function clusterName(clusterDir: string): string {
  const { dev, ino } = statSync(clusterDir);
  const hash = createHash('sha256').update(`${clusterDir}\0${dev}\0${ino}`).digest('hex');
  return `moot-${hash.slice(0, 16)}`;
}
