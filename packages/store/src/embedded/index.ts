export { type ClusterAddress, clusterUrl } from './address.ts';
export { findRunningCluster } from './running.ts';
export { type EmbeddedCluster, type EmbeddedOptions, startEmbedded } from './start.ts';
export { EmbeddedUnavailable } from './unavailable.ts';
