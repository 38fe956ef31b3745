import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresEnvironment } from './environment.ts';
import { postmasterPid, processEntry, signal } from './processes.ts';
import { type RunUser, spawnAs } from './run-user.ts';

/** `$0` of the shell that stands between Moothall and PostgreSQL, followed by Moothall's process id. */
export const SUPERVISOR_NAME = 'moothall-postgres';

const QUIT_AFTER_MS = 8_000;
const KILL_AFTER_MS = 1_500;

// Its standard input is a pipe that only Moothall holds: it ends when Moothall ends, however that happens.
// A shell that TERM can end would leave PostgreSQL alone, so it ignores what a terminal or an init system sends.
const SCRIPT = `
trap '' HUP INT TERM
sockets=$2
shift 2
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
( read -r line <&3; kill -INT "$server" ) &
watcher=$!
exec 3<&-
wait "$server"
code=$?
kill -KILL "$watcher" 2>/dev/null
rmdir "$sockets" 2>/dev/null
exit "$code"
`;

/** A running PostgreSQL. `postmaster` is its process id, undefined before it holds the cluster (another server may).
 *  `exited` resolves with the exit code when it is gone (null: the shell was killed or could not run);
 *  `stop` shuts it down, at the latest after 9.5 seconds by force, and resolves when it is gone. */
export type Supervised = {
  exited: Promise<number | null>;
  hasExited(): boolean;
  postmaster(): number | undefined;
  stop(): Promise<void>;
};

/** Starts PostgreSQL in a session of its own, so that Ctrl-C does not reach it before Moothall has drained, and so
 *  that it is shut down when this process ends in whatever way, SIGKILL included.
 *  @param options.logHandle  open file for all output
 *  @param options.socketDir  removed when PostgreSQL is gone
 *  @param options.args       arguments of `postgres` */
export function superviseServer(
  clusterDir: string,
  native: string,
  options: { user: RunUser; logHandle: number; socketDir: string; args: string[] },
): Supervised {
  const command = [join(native, 'bin', 'postgres'), ...options.args];
  const parameters = [String(process.pid), options.socketDir, ...command];
  const shell = spawn('/bin/sh', ['-c', SCRIPT, SUPERVISOR_NAME, ...parameters], {
    ...spawnAs(options.user),
    cwd: clusterDir,
    env: postgresEnvironment(native),
    stdio: ['pipe', options.logHandle, options.logHandle],
    detached: true,
  });
  let gone = false;
  const exited = new Promise<number | null>((resolve) => {
    const end = (code: number | null) => {
      gone = true;
      resolve(code);
    };
    shell.once('error', () => end(null));
    shell.once('exit', end);
  });
  shell.stdin?.on('error', () => undefined);
  const postmaster = () => childPostmaster(clusterDir, shell.pid);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    shell.stdin?.destroy();
    stopping ??= shutDown(exited, postmaster);
    return stopping;
  };
  return { exited, hasExited: () => gone, postmaster, stop };
}

async function shutDown(exited: Promise<unknown>, postmaster: () => number | undefined): Promise<void> {
  if (await settlesWithin(exited, QUIT_AFTER_MS)) return;
  signal(postmaster(), 'SIGQUIT');
  if (await settlesWithin(exited, KILL_AFTER_MS)) return;
  signal(postmaster(), 'SIGKILL');
  await exited;
}

function childPostmaster(clusterDir: string, shellPid: number | undefined): number | undefined {
  const pid = postmasterPid(clusterDir);
  return pid !== undefined && processEntry(pid)?.parentPid === shellPid ? pid : undefined;
}

/** Tells whether a promise settles in that time. */
export async function settlesWithin(exited: Promise<unknown>, limitMs: number): Promise<boolean> {
  const limit = new AbortController();
  const settled = exited.then(
    () => true,
    () => true,
  );
  const late = sleep(limitMs, false, { signal: limit.signal }).catch(() => false);
  try {
    return await Promise.race([settled, late]);
  } finally {
    limit.abort();
  }
}
