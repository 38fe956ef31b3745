import { setTimeout as sleep } from 'node:timers/promises';
import { CLUSTER_USER, type ClusterAddress, clusterName } from './address.ts';
import { findBinaries, runnableBinaries } from './binaries.ts';
import { initialise } from './initialise.ts';
import { endLeftovers } from './leftovers.ts';
import { type Placement, placeCluster } from './placement.ts';
import { becomesReady } from './readiness.ts';
import { giveClusterTo } from './run-user.ts';
import { openServerLog } from './server-log.ts';
import { serverArguments } from './settings.ts';
import { openSocketFolder } from './socket-folder.ts';
import { type Supervised, settlesWithin, superviseServer } from './supervisor.ts';

const PORT = 5432;
const TAKE_OVER_MS = 20_000;
const RETRY_MS = 100;
const OUTRUN_MS = 5_000;
// What PostgreSQL writes when something else holds the folder or the socket, or has not quite let go of it.
const HELD = /lock file "[^"]*" already exists|could not create lock file|is still in use|already in use/;

/** How to start a cluster. */
export type EmbeddedOptions = {
  /** Data folder of the world (DIR); the cluster goes to `DIR/postgres`, its log to `DIR/postgres.log`. */
  dataDir: string;
  /** Default true. False trades safety in a crash of the machine for speed, for tests only. */
  durable?: boolean;
  /** Takes notices for the operator, one line each without a line break. Default: none are kept. */
  log?: (line: string) => void;
  /** How long a living Moothall on the folder is waited for, in milliseconds. Default 20 000. */
  ownerWaitMs?: number;
  /** Settings of PostgreSQL beyond or instead of the defaults. */
  settings?: Record<string, string>;
};

/** A running cluster. `dataDir` is where it really lies, `fresh` tells that this start created it. `stop` shuts it
 *  down within 10 seconds, disconnecting whoever is left, and may be called more than once. */
export type EmbeddedCluster = {
  address: ClusterAddress;
  dataDir: string;
  fresh: boolean;
  stop(): Promise<void>;
};

type Setup = { place: Placement; native: string; name: string; options: EmbeddedOptions };
type Running = Pick<EmbeddedCluster, 'address' | 'stop'>;

/** Starts the embedded PostgreSQL on a data folder, creating the cluster on first use, and resolves when it takes
 *  connections. It stops with this process, even on SIGKILL. What an earlier process left running on the folder is
 *  ended first; for a Moothall that is still alive there it waits 20 seconds.
 *  @throws EmbeddedUnavailable  it can never run on this machine
 *  @throws ClusterInUse  another process uses the folder
 *  @throws Error  the folder is unreachable or of another version, or PostgreSQL's own log */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedCluster> {
  const log = options.log ?? (() => undefined);
  const binaries = findBinaries();
  const place = placeCluster(options.dataDir, log);
  const native = runnableBinaries(binaries, place.user, log);
  const major = binaries.version.split('.')[0] ?? '';
  const fresh = await initialise(place.clusterDir, native, {
    user: place.user,
    durable: options.durable ?? true,
    major,
  });
  giveClusterTo(place.user, place.clusterDir);
  const name = clusterName(place.clusterDir);
  const running = await startServer({ place, native, name, options }, log);
  return { ...running, dataDir: place.clusterDir, fresh };
}

async function startServer(setup: Setup, log: (line: string) => void): Promise<Running> {
  const deadlineMs = performance.now() + TAKE_OVER_MS;
  const ownerDeadlineMs = performance.now() + (setup.options.ownerWaitMs ?? TAKE_OVER_MS);
  for (;;) {
    const started = await tryServer(setup, { deadlineMs, ownerDeadlineMs, log });
    if (typeof started !== 'string') return started;
    if (!HELD.test(started) || performance.now() > deadlineMs) {
      throw new Error(`PostgreSQL did not start on ${setup.place.clusterDir}. It said:\n${started}`);
    }
    await sleep(RETRY_MS);
  }
}

// A string is what the server said before it ended.
async function tryServer(
  setup: Setup,
  watch: { deadlineMs: number; ownerDeadlineMs: number; log: (line: string) => void },
): Promise<Running | string> {
  const { place, native, name, options } = setup;
  const clear = await endLeftovers(place.clusterDir, name, watch);
  const socketDir = openSocketFolder(name, place.user, { clear });
  const output = openServerLog(place.dataDir, place.user);
  const { durable = true, settings = {} } = options;
  const args = serverArguments(place.clusterDir, { name, socketDir, port: PORT, durable, settings });
  const server = superviseServer(place.clusterDir, native, {
    user: place.user,
    logHandle: output.handle,
    socketDir,
    args,
  });
  output.close();
  const address = { host: socketDir, port: PORT, user: CLUSTER_USER };
  if (!(await isUp(address, server))) return output.said();
  return { address, stop: stopper(server, watch.log) };
}

async function isUp(address: ClusterAddress, server: Supervised): Promise<boolean> {
  try {
    const answered = await becomesReady(address, server.hasExited);
    if (!answered || server.postmaster() !== undefined) return answered;
    // Another start on this folder was faster and answered on the same socket: ours is about to give up.
    if (!(await settlesWithin(server.exited, OUTRUN_MS))) await server.stop();
    return false;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function stopper(server: Supervised, log: (line: string) => void): () => Promise<void> {
  let asked = false;
  void server.exited.then((code) => {
    if (!asked) log(`PostgreSQL ended unexpectedly (exit code ${code}); see postgres.log in the data folder`);
  });
  return async () => {
    asked = true;
    await server.stop();
  };
}
