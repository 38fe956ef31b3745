import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type ClusterAddress, clusterUrl } from './address.ts';

const POLL_MS = 5;
const ATTEMPT_MS = 2_000;
/** Recovery after a crash replays at most a few checkpoints; the limit only ends what hangs. */
const LIMIT_MS = 300_000;
const STARTING = ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', '57P03'];

/** Connects until the cluster takes a connection (true) or its process has ended (false).
 *  @throws Error  what the cluster answers when it is up and refuses, or after five minutes */
export async function becomesReady(address: ClusterAddress, hasExited: () => boolean): Promise<boolean> {
  const startedMs = performance.now();
  while (!hasExited()) {
    const failure = await attempt(address);
    if (failure === undefined) return true;
    if (!isStarting(failure) || performance.now() - startedMs > LIMIT_MS) throw failure;
    await sleep(POLL_MS);
  }
  return false;
}

async function attempt(address: ClusterAddress): Promise<Error | undefined> {
  const client = new pg.Client({ ...clusterUrl(address, 'template1'), connectionTimeoutMillis: ATTEMPT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error as Error;
  } finally {
    // That it is gone is waited for by nobody.
    void client.end().catch(() => undefined);
  }
}

function isStarting(failure: Error & { code?: string }): boolean {
  return failure.code === undefined || STARTING.includes(failure.code);
}
