import type { Operation } from '@moothall/contract';
import { ApiError, generalErrors } from '@moothall/core';
import {
  createHttpDoor,
  type Exchange,
  type HttpDoor,
  type HttpPorts,
  type HttpSettings,
} from '@moothall/http';
import {
  BlobTooLarge,
  ensureScheduled,
  type Listener,
  type Reader,
  startListener,
  startNats,
  startReader,
  startWorkers,
  type Worker,
} from '@moothall/store';
import { type Afterwards, createAfterwards } from './afterwards.ts';
import { admit } from './authorize.ts';
import { createSessionAuthenticator, csrfTokenOf, noteUse } from './identity/sessions/index.ts';
import { createAuthenticator } from './identity/tokens/index.ts';
import { mountHealth } from './operations/health/index.ts';
import { createMetrics, type Measure, type Metrics } from './operations/metrics/index.ts';
import { mountNotBuilt } from './operations/not-built/index.ts';
import { touchActivity } from './people/people/index.ts';
import { createRateLimiter } from './rate-limiter.ts';
import type { World } from './world.ts';

/** Parts of a platform that one process runs; all unless said. */
export type Services = { api: boolean; realtime: boolean; worker: boolean };

/** How a platform is wired, beside its world. */
export type PlatformOptions = {
  services?: Services;
  doors?: readonly Door[];
  hooks?: PlatformHooks;
  /** Bearer token that opens /metrics to callers from elsewhere than loopback. */
  metricsToken?: string;
  /** The NATS server by which processes that share the database wake each other; NOTIFY unless given. */
  natsUrl?: string;
};

/** What a door does beside answering requests, such as to hold sockets. */
export type DoorPart = {
  /** Starts with the work of the process, and again after a world was replaced. */
  start(): Promise<void>;
  /** Ends before the database is replaced, and at the end; may be called again. */
  stop(): Promise<void>;
  /** Resolves when all that was committed before the call has been passed on. */
  caughtUp(): Promise<void>;
  /** What it counts, for the metrics. */
  measures?: readonly Measure[];
};

/** A door beside REST: it mounts what it needs on the HTTP door. */
export type Door = (door: HttpDoor, platform: Platform) => DoorPart | undefined;

/** Hooks that only the lab sets. */
export type PlatformHooks = {
  enter?: HttpPorts['enter'];
  fault?: HttpPorts['fault'];
  finished?: (exchange: Exchange) => void;
};

/** A running platform over one world. */
export interface Platform {
  readonly world: World;
  readonly http: HttpDoor;
  /**
   * Starts the workers and readers of this process.
   * @throws NatsUnavailable at the first start
   */
  startWork(): Promise<void>;
  /** Asks for the scheduled jobs of a new world ahead, so that copies of it have them: `startWork` need not write then. */
  scheduleWork(): Promise<void>;
  /** Ends them after what they have in hand: before the database is replaced, and at the end. */
  stopWork(): Promise<void>;
  /** Resolves when what requests have left behind is stored. */
  settled(): Promise<void>;
  /** Resolves when what requests leave behind is stored, all readers have caught up and no job is due. */
  idle(): Promise<void>;
  /** Tells /readyz that the start is over. */
  markReady(): void;
  /** Tells /readyz that the end is near, and lets requests in hand finish. */
  drain(): Promise<void>;
  /** Ends the doors, the work and the world, in this order. */
  close(): Promise<void>;
}

const OUTBOUND_LIMIT_MS = 500;

function isFinal(exchange: Exchange): boolean {
  return exchange.status >= 400;
}

function portsOf(
  world: World,
  hooks: PlatformHooks,
  { metrics, afterwards }: { metrics: Metrics; afterwards: Afterwards },
): HttpPorts {
  const limiter = createRateLimiter(world);
  const recordAll = world.config.mode === 'lab';
  return {
    log: world.log,
    authenticate: createAuthenticator(world),
    authenticateSession: createSessionAuthenticator(world),
    csrfTokenOf,
    admit,
    async acceptFile(source, fileName, mimeType) {
      const maxBytes = world.limits.get('file.size');
      try {
        return { ...(await world.blobs.put(source, { maxBytes })), fileName, mimeType };
      } catch (error) {
        if (!(error instanceof BlobTooLarge)) throw error;
        throw new ApiError(generalErrors['body.too_large'], { parameters: { limitBytes: String(maxBytes) } });
      }
    },
    limitRate: (actor, operation) => limiter.take(actor, operation),
    ...(hooks.enter && { enter: hooks.enter }),
    ...(hooks.fault && { fault: hooks.fault }),
    finished(exchange) {
      if (recordAll || isFinal(exchange)) remember(world, exchange);
      if (exchange.actor) afterwards.add(noteUse(world, exchange.actor));
      if (exchange.actor && exchange.actor.type !== 'bot')
        afterwards.add(touchActivity(world, exchange.actor.personId));
      metrics.observe(exchange);
      logExchange(world, exchange);
      hooks.finished?.(exchange);
    },
    newTrackingId: () => `ROUTER_${world.ids.uuid().toUpperCase()}`,
    monotonicMs: world.monotonicMs,
  };
}

/** The path without its query; of operations that ask for no token the template, since a secret may stand in it. */
function pathOf({ operation, path }: Exchange): string {
  return operation && !operation.access ? operation.fullPath : path.split('?')[0]!;
}

function remember(world: World, exchange: Exchange): void {
  const { trace, operation, method, status, actor } = exchange;
  world.traces.add({
    method,
    path: pathOf(exchange),
    status,
    at: world.clock.now(),
    ...(operation && { operation: operation.id }),
    ...(actor && { personId: actor.personId }),
    ...trace,
  });
}

/** 501 is an answer, not a failure. */
function levelOf(status: number): 'error' | 'info' | 'debug' {
  if (status >= 500 && status !== generalErrors['operation.not_built'].status) return 'error';
  return status >= 400 ? 'info' : 'debug';
}

function logExchange({ log }: World, exchange: Exchange): void {
  const { trace, operation, method, status, durationMs } = exchange;
  const level = levelOf(status);
  if (!log.isLevelEnabled(level)) return;
  const facts = {
    trackingId: trace.trackingId,
    operation: operation?.id,
    method,
    path: pathOf(exchange),
    status,
  };
  log[level]({ ...facts, durationMs: Math.round(durationMs * 10) / 10, cause: trace.cause }, 'request');
}

/** Wires a world to its doors: the only place that does. */
export function createPlatform(
  world: World,
  settings: HttpSettings,
  options: PlatformOptions = {},
): Platform {
  const { services = { api: true, realtime: true, worker: true }, doors = [], hooks = {} } = options;
  const metrics = createMetrics(world);
  const afterwards = createAfterwards();
  const http = createHttpDoor(settings, portsOf(world, hooks, { metrics, afterwards }));
  let workers: Worker[] = [];
  let readers: Reader[] = [];
  let listener: Listener | undefined;
  let nats: Listener | undefined;
  const parts: DoorPart[] = [];
  let unready: string | undefined = 'it is starting';
  const onError = (error: unknown) => world.log.error({ err: error }, 'background work failed');
  const { metricsToken, natsUrl } = options;
  mountHealth(http.mount, { world, metrics, unready: () => unready, ...(metricsToken && { metricsToken }) });
  if (services.api) for (const slice of world.resources) slice.routes?.(http.mount, world);

  const queues = () => world.resources.flatMap((slice) => slice.queues?.(world) ?? []);
  const platform: Platform = {
    world,
    http,
    scheduleWork: () => ensureScheduled(world.store, queues(), world.clock.now()),
    async startWork() {
      if (natsUrl && world.store.shared) nats ??= await startNats(world.store, natsUrl, onError);
      else if (world.store.shared && (services.worker || services.realtime))
        listener = startListener(world.store.pool.address, world.store.signals, onError);
      // What is waited for goes first: the connection that there is has nothing else to do yet.
      if (services.worker) workers = await startWorkers(world.store, world.clock, queues(), onError);
      await Promise.all(parts.map((part) => part.start()));
      if (!services.worker) return;
      readers = world.resources
        .flatMap((slice) => slice.readers?.(world) ?? [])
        .map((spec) => startReader(world.store, spec, onError));
    },
    async stopWork() {
      await Promise.all([...parts, ...readers, ...workers].map((part) => part.stop()));
      await listener?.stop();
      listener = undefined;
      readers = [];
      workers = [];
    },
    settled: afterwards.settled,
    async idle() {
      await afterwards.settled();
      // What a job does may emit events, and what an event causes may be a job.
      for (let round = 0; round < 2; round++) {
        await Promise.all(readers.map((reader) => reader.caughtUp()));
        await Promise.all(workers.map((worker) => worker.idle()));
      }
      await Promise.all(parts.map((part) => part.caughtUp()));
    },
    markReady() {
      unready = undefined;
    },
    async drain() {
      unready = 'it is stopping';
      // The HTTP door would wait for sockets that are held open.
      await Promise.all(parts.map((part) => part.stop()));
      await http.close();
    },
    async close() {
      await platform.drain();
      await platform.stopWork();
      await nats?.stop();
      await afterwards.settled();
      // What a job still waits for is nobody's any more.
      const quiet = world.outbound.close();
      world.mailer?.close();
      await world.store.close();
      await Promise.race([quiet, new Promise((resolve) => setTimeout(resolve, OUTBOUND_LIMIT_MS).unref())]);
    },
  };
  for (const door of doors) {
    const part = door(http, platform);
    if (!part) continue;
    parts.push(part);
    for (const measure of part.measures ?? []) metrics.show(measure);
  }
  if (services.api) mountNotBuilt(http.mount, http.operations());
  return platform;
}

/** The operations of a world's registry. */
export function operationsOf(world: Pick<World, 'resources'>): Operation[] {
  return world.resources.flatMap((slice) => [...slice.operations]);
}
