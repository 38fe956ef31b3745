import type { Exchange } from '@moothall/http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { World } from '../../world.ts';

/** A number that some part of the process keeps. */
export type Measure = {
  /** As Prometheus names it. */
  name: string;
  help: string;
  /** A counter never falls. */
  kind: 'gauge' | 'counter';
  value(): number;
};

/** Metrics of one platform. */
export interface Metrics {
  readonly contentType: string;
  /** Counts a finished request. */
  observe(exchange: Exchange): void;
  /** Shows a number beside the others; it is asked for when they are rendered. */
  show(measure: Measure): void;
  /** All metrics as Prometheus text; what needs a query is asked now. */
  render(): Promise<string>;
}

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

// Pending jobs of a lane lie behind what it has done: no index knows the state of a job.
const JOBS = `
  select queue, sum(pending)::int as pending from lane, lateral (
    select count(*) as pending from (
      select from job where job.queue = lane.queue and job.lane = lane.lane and job.seq > lane.after_seq
        and job.state = 'pending' limit 1000) counted) counts
  group by queue`;
const LAG = `
  select reader, (select count(*)::int from (select 1 from event where (event.tx, event.seq) > (cursor.tx, cursor.seq) limit 10000) behind) as events
  from cursor`;

function queuedJobs(world: World, registry: Registry): void {
  new Gauge({
    name: 'moot_jobs_pending',
    help: 'Jobs that wait for their first or next try, at most 1 000 of a lane',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      this.reset();
      const { rows } = await world.store.pool.query<{ queue: string; pending: number }>(JOBS);
      for (const { queue, pending } of rows) this.set({ queue }, pending);
    },
  });
}

function readerLag(world: World, registry: Registry): void {
  new Gauge({
    name: 'moot_reader_lag_events',
    help: 'Events that a reader has not handled yet, at most 10 000',
    labelNames: ['reader'],
    registers: [registry],
    async collect() {
      const { rows } = await world.store.pool.query<{ reader: string; events: number }>(LAG);
      for (const { reader, events } of rows) this.set({ reader }, events);
    },
  });
}

function showMeasure({ name, help, kind, value }: Measure, registry: Registry): void {
  const settings = { name, help, registers: [registry] };
  if (kind === 'gauge') {
    new Gauge({
      ...settings,
      collect() {
        this.set(value());
      },
    });
    return;
  }
  new Counter({
    ...settings,
    collect() {
      this.reset();
      this.inc(value());
    },
  });
}

/** Metrics in a registry of their own, so that several worlds of one process stay apart. */
export function createMetrics(world: World): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  queuedJobs(world, registry);
  readerLag(world, registry);
  const labelNames = ['operation', 'status'] as const;
  const requests = new Counter({
    name: 'moot_requests_total',
    help: 'Requests by operation and status',
    labelNames,
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'moot_request_duration_seconds',
    help: 'Time to answer',
    labelNames: ['operation'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  // Looking a child up by its labels costs more than the request's routing; few combinations exist.
  const children = new Map<string, { inc(): void; observe(seconds: number): void }>();

  function childOf(operation: string, status: string) {
    const key = `${operation} ${status}`;
    let child = children.get(key);
    if (!child) {
      const counter = requests.labels(operation, status);
      const histogram = duration.labels(operation);
      child = { inc: () => counter.inc(), observe: (seconds) => histogram.observe(seconds) };
      children.set(key, child);
    }
    return child;
  }

  return {
    contentType: registry.contentType,
    observe({ operation, status, durationMs }) {
      const child = childOf(operation?.id ?? 'unknown', String(status));
      child.inc();
      child.observe(durationMs / 1000);
    },
    show: (measure) => showMeasure(measure, registry),
    render: () => registry.metrics(),
  };
}
