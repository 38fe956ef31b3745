export { type ClusterAddress, clusterUrl } from './address.ts';
export { findBinaries } from './binaries.ts';
export { ClusterInUse } from './leftovers.ts';
export { existingCluster } from './placement.ts';
export { findRunningCluster } from './running.ts';
export { type EmbeddedCluster, type EmbeddedOptions, startEmbedded } from './start.ts';
export { EmbeddedUnavailable } from './unavailable.ts';
