import { randomBytes, randomFillSync } from 'node:crypto';
import { type ClockState, createIds, createLimits, createWorldClock, type RandomBytes } from '@moothall/core';
import {
  type DatabaseAddress,
  folderBlobs,
  kernelMigrations,
  type Migration,
  migrate,
  openStore,
  type TransactionCheck,
} from '@moothall/store';
import type { Logger } from 'pino';
import { createCaches } from './caches.ts';
import { createMailer } from './mailer/index.ts';
import { createOutbound } from './outbound/index.ts';
import { registry } from './registry.ts';
import type { Resource } from './resource.ts';
import { createSecretBox } from './secret-box.ts';
import { createTraceRing } from './trace-ring.ts';
import type { World, WorldConfig } from './world.ts';

/** What a world needs from its deployment. */
export type WorldSettings = {
  config: WorldConfig;
  /** Where the database is, or will be. */
  database: DatabaseAddress | Promise<DatabaseAddress>;
  /** Folder of the blobs. */
  blobFolder: string;
  /** Key under which secrets are encrypted at rest, or what tells it once the database is there. */
  secretKey: string | (() => string);
  log: Logger;
  /** Where the clock stands; the machine's time unless said. */
  clock?: ClockState;
  limitOverrides?: Record<string, number>;
  /** Private hosts, addresses or ranges that users' URLs may point to. */
  outboundAllow?: readonly string[];
  /** The operator's mail server and the sender's address; absent: mails stay in the outbox. */
  mail?: { smtpUrl: string; from: string };
  /** Several processes share the database. */
  shared?: boolean;
  /** Slices beyond the registry's, such as those of the lab. */
  extraResources?: readonly Resource[];
  /** Connections of this process at most. */
  maxConnections?: number;
  /** Refuses reads past an open transaction; for tests. */
  transactionCheck?: TransactionCheck;
};

const RANDOM_POOL_BYTES = 4096;

/** Random bytes from a pool that is filled in one call: an id costs no system call of its own. */
function pooledRandom(): RandomBytes {
  const pool = Buffer.alloc(RANDOM_POOL_BYTES);
  let at = RANDOM_POOL_BYTES;
  return (length) => {
    if (length > RANDOM_POOL_BYTES / 4) return randomBytes(length);
    if (at + length > RANDOM_POOL_BYTES) {
      randomFillSync(pool);
      at = 0;
    }
    at += length;
    return pool.subarray(at - length, at);
  };
}

/** Steps of the schema of the store and all slices. */
export function allMigrations(resources: readonly Resource[] = registry): Migration[] {
  return [...kernelMigrations, ...resources.flatMap((slice) => slice.migrations ?? [])];
}

/** A world, and when it may be used. */
export type BegunWorld = {
  world: World;
  /** Resolves when the database has this release's schema. Rejects as its address does, and with what `migrate` throws. */
  migrated: Promise<void>;
};

/** Opens a world: its database is migrated, nothing runs yet. */
export async function createWorld(settings: WorldSettings): Promise<World> {
  const { world, migrated } = beginWorld(settings);
  await migrated;
  return world;
}

/** Opens a world and gives it away while its database is made or migrated, to be wired meanwhile. */
export function beginWorld(settings: WorldSettings): BegunWorld {
  const monotonicMs = () => performance.now();
  const clock = createWorldClock(settings.clock);
  const random = pooledRandom();
  const ids = createIds(clock.nowMs, random);
  const limits = createLimits(settings.limitOverrides);
  const shared = settings.shared ?? false;
  const pool = settings.maxConnections === undefined ? {} : { maxConnections: settings.maxConnections };
  const { database: address, transactionCheck, secretKey } = settings;
  const checked = transactionCheck === undefined ? {} : { transactionCheck };
  const store = openStore({ address, clock, ids, notify: shared, pool, ...checked });
  const resources = [...registry, ...(settings.extraResources ?? [])];
  const migrated = Promise.resolve(address)
    .then(() => migrate(store.pool, allMigrations(resources)))
    .then(() => undefined);
  // Whoever waits for it is told; until then it is no failure that nobody looks after.
  migrated.catch(() => undefined);
  const world: World = {
    config: settings.config,
    clock,
    monotonicMs,
    ids,
    random,
    store,
    blobs: folderBlobs(settings.blobFolder),
    outbound: createOutbound({
      allowLoopback: settings.config.mode === 'lab',
      allowHosts: [...(settings.outboundAllow ?? [])],
    }),
    ...(settings.mail && {
      mailer: createMailer({ ...settings.mail, timeoutMs: limits.get('mail.timeout') }),
    }),
    limits,
    caches: createCaches({
      shared,
      monotonicMs,
      ...(transactionCheck && { onRead: transactionCheck.assertOutside }),
    }),
    secrets: createSecretBox(typeof secretKey === 'string' ? () => secretKey : secretKey, random),
    traces: createTraceRing(limits.get('trace.kept')),
    log: settings.log,
    resources,
  };
  return { world, migrated };
}
