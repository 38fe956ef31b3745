import { healthz, metrics, readyz } from './health.contract.ts';

export { type HealthSources, mountHealth } from './health.door.ts';

/** What a process answers beside the slices. */
export const processOperations = [healthz, readyz, metrics] as const;
