import {
  createPlatform,
  type Door,
  type Platform,
  type PlatformHooks,
  type Services,
  type World,
} from '@moothall/platform';
import type { DatabaseAddress } from '@moothall/store';
import { showExchange } from './listeners.ts';
import { openTestWorld, type TestWorldOptions } from './open-world.ts';

/** What a platform without anybody in it is started over. */
export type BarePlatformOptions = TestWorldOptions & {
  /** A migrated database; the caller drops it. */
  database: DatabaseAddress;
  /** The caller removes it. */
  blobFolder: string;
  doors?: readonly Door[];
  hooks?: PlatformHooks;
  /** What this process does; everything unless said. */
  services?: Services;
  /** Wakes and is woken by NATS; by PostgreSQL otherwise. */
  natsUrl?: string;
  /** Runs before the platform listens and works. */
  prepare?: (platform: Platform) => Promise<void>;
};

/** A platform that listens. */
export type BarePlatform = {
  world: World;
  platform: Platform;
  baseUrl: string;
  close(): Promise<void>;
};

/** Boots a platform over a given database with doors and hooks of the test's own. */
export async function startBarePlatform(options: BarePlatformOptions): Promise<BarePlatform> {
  const { doors = [], hooks = {}, services, natsUrl } = options;
  const world = await openTestWorld(options.database, options.blobFolder, options);
  const http = { bodyLimitBytes: world.limits.get('request.body'), checkReplies: true, secureHeaders: false };
  const finished: PlatformHooks['finished'] = (exchange) => {
    showExchange(exchange);
    hooks.finished?.(exchange);
  };
  const platform = createPlatform(world, http, {
    doors,
    hooks: { ...hooks, finished },
    ...(services && { services }),
    ...(natsUrl !== undefined && { natsUrl }),
  });
  await options.prepare?.(platform);
  const { port } = await platform.http.listen('127.0.0.1', 0);
  const baseUrl = `http://127.0.0.1:${port}`;
  world.config.publicUrl = baseUrl;
  await platform.startWork();
  return { world, platform, baseUrl, close: () => platform.close() };
}
