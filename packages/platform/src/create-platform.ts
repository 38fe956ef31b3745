import type { Operation } from '@moothall/contract';
import { ApiError, generalErrors } from '@moothall/core';
import {
  createHttpDoor,
  type Exchange,
  type HttpDoor,
  type HttpPorts,
  type HttpSettings,
} from '@moothall/http';
import { BlobTooLarge, type Reader, startReader, startWorker, type Worker } from '@moothall/store';
import { admit } from './authorize.ts';
import { createAuthenticator } from './identity/tokens/index.ts';
import { createRateLimiter } from './rate-limiter.ts';
import type { World } from './world.ts';

/** Parts of a platform that one process runs. */
export type Services = { api: boolean; worker: boolean };

/** A door beside REST: it mounts what it needs on the HTTP door. */
export type Door = (door: HttpDoor, platform: Platform) => void;

/** Hooks that only the lab sets. */
export type PlatformHooks = {
  fault?: HttpPorts['fault'];
  finished?: (exchange: Exchange) => void;
};

/** A running platform over one world. */
export interface Platform {
  readonly world: World;
  readonly http: HttpDoor;
  /** Starts the workers and readers of this process. */
  startWork(): Promise<void>;
  /** Ends them after what they have in hand: before the database is replaced, and at the end. */
  stopWork(): Promise<void>;
  /** Resolves when all readers have caught up and no job is due. */
  idle(): Promise<void>;
  /** Ends the doors, the work and the world, in this order. */
  close(): Promise<void>;
}

function isFinal(exchange: Exchange): boolean {
  return exchange.status >= 400;
}

function portsOf(world: World, hooks: PlatformHooks): HttpPorts {
  const limiter = createRateLimiter(world);
  const recordAll = world.config.mode === 'lab';
  return {
    log: world.log,
    authenticate: createAuthenticator(world),
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
    ...(hooks.fault && { fault: hooks.fault }),
    finished(exchange) {
      if (recordAll || isFinal(exchange)) remember(world, exchange);
      hooks.finished?.(exchange);
    },
    newTrackingId: () => `ROUTER_${world.ids.uuid().toUpperCase()}`,
    monotonicMs: world.monotonicMs,
  };
}

function remember(world: World, { trace, operation, method, path, status, actor }: Exchange): void {
  world.traces.add({
    ...trace,
    method,
    path: path.split('?')[0]!,
    status,
    at: world.clock.now(),
    ...(operation && { operation: operation.id }),
    ...(actor && { personId: actor.personId }),
  });
}

/** Wires a world to its doors: the only place that does. */
export function createPlatform(
  world: World,
  settings: HttpSettings,
  doors: readonly Door[] = [],
  hooks: PlatformHooks = {},
): Platform {
  const http = createHttpDoor(settings, portsOf(world, hooks));
  let workers: Worker[] = [];
  let readers: Reader[] = [];
  const onError = (error: unknown) => world.log.error({ err: error }, 'background work failed');
  for (const slice of world.resources) slice.routes?.(http.mount, world);

  const platform: Platform = {
    world,
    http,
    async startWork() {
      readers = world.resources
        .flatMap((slice) => slice.readers?.(world) ?? [])
        .map((spec) => startReader(world.store, spec, onError));
      const queues = world.resources.flatMap((slice) => slice.queues?.(world) ?? []);
      workers = await Promise.all(queues.map((spec) => startWorker(world.store, world.clock, spec, onError)));
    },
    async stopWork() {
      await Promise.all([...readers, ...workers].map((part) => part.stop()));
      readers = [];
      workers = [];
    },
    async idle() {
      // What a job does may emit events, and what an event causes may be a job.
      for (let round = 0; round < 2; round++) {
        await Promise.all(readers.map((reader) => reader.caughtUp()));
        await Promise.all(workers.map((worker) => worker.idle()));
      }
    },
    async close() {
      await http.close();
      await platform.stopWork();
      await world.outbound.close();
      await world.store.close();
    },
  };
  for (const door of doors) door(http, platform);
  return platform;
}

/** The operations of a world's registry. */
export function operationsOf(world: Pick<World, 'resources'>): Operation[] {
  return world.resources.flatMap((slice) => [...slice.operations]);
}
