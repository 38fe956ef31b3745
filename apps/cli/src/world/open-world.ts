import { join } from 'node:path';
import type { ClockState } from '@moothall/core';
import { createWorld, type World } from '@moothall/platform';
import { pino } from 'pino';
import type { Call } from '../command.ts';
import { readServerFile } from '../server/server-file.ts';
import { openDatabase, outsideDatabase } from './database.ts';
import { ensureSecretKey } from './secret-key.ts';

/** A world in this process, beside the server if one runs. */
export type OpenWorld = { world: World; close(): Promise<void> };

/** In the lab the world has a time of its own, which the server keeps with the world. */
async function takeOverClock(world: World): Promise<void> {
  const stored = await world.store.db
    .selectFrom('state')
    .select('value')
    .where('name', '=', 'lab.clock')
    .executeTakeFirst();
  const { offsetMs, frozenAtMs } = (stored?.value ?? { offsetMs: 0 }) as ClockState;
  world.clock.load(frozenAtMs === undefined ? { offsetMs } : { offsetMs, frozenAtMs });
}

/** Opens the world of the data folder or of `MOOT_DATABASE_URL`, and makes it where there is none. */
export async function openWorld(call: Call): Promise<OpenWorld> {
  const database = await openDatabase(call);
  try {
    const world = await createWorld({
      config: {
        mode: 'production',
        behaviour: 'faq',
        publicUrl: '',
        supportContact: 'the operator of this server',
        botDomain: 'webex.bot',
        rateLimits: false,
      },
      database: database.address,
      blobFolder: join(call.dataDir, 'blobs'),
      secretKey: ensureSecretKey(call, outsideDatabase(call) ? 'outside' : 'embedded'),
      log: pino({ level: 'silent' }),
      maxConnections: 2,
      // A server that runs hears of what is written here.
      shared: true,
    });
    if (readServerFile(call.dataDir)?.mode !== 'production') await takeOverClock(world);
    const close = async () => {
      await world.outbound.close();
      await world.store.close();
      await database.close();
    };
    return { world, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
