import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isAlive,
  type ProcessEntry,
  postmasterPid,
  processEntry,
  processesNaming,
  signal,
} from './processes.ts';
import { SUPERVISOR_NAME } from './supervisor.ts';

const QUIT_AFTER_MS = 8_000;
const KILL_AFTER_MS = 14_000;
const POLL_MS = 20;

/** The cluster of a data folder is used by another process, which its message names. */
export class ClusterInUse extends Error {
  override name = 'ClusterInUse';
}

/** Makes sure that nothing runs on the cluster any more and tells whether it had been left without a clean stop.
 *  Processes of a dead Moothall are ended (INT, then QUIT, at last KILL); a living Moothall is only waited for,
 *  since it may be stopping. A process file that names a dead or foreign process does not block.
 *  @param name        the cluster's name, which its processes bear
 *  @param deadlineMs       for a PostgreSQL of a dead Moothall to end, on `performance.now()`
 *  @param ownerDeadlineMs  for a living Moothall to stop, likewise
 *  @throws ClusterInUse  another Moothall, or this process itself, still uses the folder at the deadline */
export async function endLeftovers(
  clusterDir: string,
  name: string,
  options: { deadlineMs: number; ownerDeadlineMs: number; log: (line: string) => void },
): Promise<boolean> {
  if (!existsSync(join(clusterDir, 'postmaster.pid'))) return false;
  const startedMs = performance.now();
  let said = false;
  for (let found = clusterProcesses(name); found.length > 0; found = clusterProcesses(name)) {
    const owner = livingOwner(found);
    const untilMs = owner === undefined ? options.deadlineMs : options.ownerDeadlineMs;
    if (owner === process.pid || performance.now() > untilMs) throw inUse(clusterDir, owner);
    if (!said) options.log(remark(clusterDir, owner));
    said = true;
    if (owner === undefined) for (const entry of heads(found)) signal(entry.pid, signalAfter(startedMs));
    await sleep(POLL_MS);
  }
  releaseProcessFile(clusterDir);
  return true;
}

/** Lists the server processes of a cluster: the postmaster and its children. */
export function clusterProcesses(name: string): ProcessEntry[] {
  return processesNaming(name).filter(({ command }) => {
    if (command.startsWith(`postgres: ${name}`)) return true;
    return command.includes(`cluster_name=${name}`) && !command.includes(SUPERVISOR_NAME);
  });
}

// PostgreSQL's parent is our shell, and that one's parent is the Moothall that it was started for, if it lives.
function livingOwner(found: ProcessEntry[]): number | undefined {
  for (const { parentPid } of heads(found)) {
    const shell = processEntry(parentPid);
    const owner = Number(new RegExp(`${SUPERVISOR_NAME} (\\d+) `).exec(shell?.command ?? '')?.[1]);
    if (shell !== undefined && shell.parentPid === owner) return owner;
  }
  return undefined;
}

function heads(found: ProcessEntry[]): ProcessEntry[] {
  return found.filter(({ parentPid }) => !found.some(({ pid }) => pid === parentPid));
}

function signalAfter(startedMs: number): NodeJS.Signals {
  const elapsedMs = performance.now() - startedMs;
  if (elapsedMs > KILL_AFTER_MS) return 'SIGKILL';
  return elapsedMs > QUIT_AFTER_MS ? 'SIGQUIT' : 'SIGINT';
}

function remark(clusterDir: string, owner: number | undefined): string {
  return owner === undefined
    ? `Ending a PostgreSQL that a killed start left running on ${clusterDir}`
    : `Waiting for process ${owner}, which uses ${clusterDir}, to stop`;
}

function inUse(clusterDir: string, owner: number | undefined): ClusterInUse {
  const who = owner === undefined ? 'a PostgreSQL that will not stop' : `process ${owner}`;
  return new ClusterInUse(`${clusterDir} is in use by ${who}: stop it, or choose another data folder`);
}

// PostgreSQL removes the file itself when its process is dead, but not when the id was given to another process.
function releaseProcessFile(clusterDir: string): void {
  const pid = postmasterPid(clusterDir);
  if (pid !== undefined && isAlive(pid)) rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
}
