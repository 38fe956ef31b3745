import { clusterUrl, type DatabaseAddress, findRunningCluster } from '@moothall/store';
import type { Call } from '../command.ts';
import { outsideDatabase } from '../world/database.ts';

/** The world's database where it runs already; the doctor starts nothing. */
export function databaseInReach(call: Call): DatabaseAddress | undefined {
  const outside = outsideDatabase(call);
  if (outside) return outside;
  const running = findRunningCluster(call.dataDir);
  return running && clusterUrl(running, 'moothall');
}
