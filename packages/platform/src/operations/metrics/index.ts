export { createMetrics, type Measure, type Metrics } from './metrics.ts';
