export { healthErrors, healthz, metrics as metricsOperation, readyz } from './health.contract.ts';
export { type HealthSources, mountHealth } from './health.door.ts';
