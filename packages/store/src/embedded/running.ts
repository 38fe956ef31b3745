import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLUSTER_USER, type ClusterAddress, clusterName } from './address.ts';
import { clusterProcesses } from './leftovers.ts';
import { existingCluster } from './placement.ts';

/** Finds the cluster that another process has running on a data folder, so that a command can work on a world
 *  while its server runs. Undefined when none runs there. Needs the same user as the server, or root. */
export function findRunningCluster(dataDir: string): ClusterAddress | undefined {
  const clusterDir = existingCluster(dataDir);
  if (clusterDir === undefined || clusterProcesses(clusterName(clusterDir)).length === 0) return undefined;
  try {
    // Lines: process id, folder, start time, port, socket folder, listen address, shared memory, status.
    const lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
    const [port, host, status] = [Number(lines[3]), lines[4], lines[7]?.trim()];
    return host && status === 'ready' ? { host, port, user: CLUSTER_USER } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
