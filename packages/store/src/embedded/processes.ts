import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One process of this machine; `command` is its command line with arguments parted by blanks. */
export type ProcessEntry = { pid: number; parentPid: number; command: string };

/** Tells whether a process of that id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Reads the process id in a cluster's `postmaster.pid`; undefined when there is no such file. */
export function postmasterPid(clusterDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Sends a signal; a process that is gone already, or was never known, is no error. */
export function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Lists the processes whose command line contains `text`, from `/proc` on Linux and from `ps` elsewhere.
 *  Command lines are used, not working folders or executables: root in a container may not read those of
 *  other users' processes. */
export function processesNaming(text: string): ProcessEntry[] {
  return (process.platform === 'linux' ? fromProc() : fromPs()).filter(({ command }) =>
    command.includes(text),
  );
}

/** Returns one process, or undefined when there is none of that id or it has ended and only awaits its parent. */
export function processEntry(pid: number): ProcessEntry | undefined {
  if (process.platform === 'linux') return readProc(String(pid));
  return fromPs().find((entry) => entry.pid === pid);
}

function fromProc(): ProcessEntry[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map(readProc).filter((entry) => entry !== undefined);
}

function readProc(id: string): ProcessEntry | undefined {
  try {
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The second field, the program's name in brackets, may itself hold blanks and brackets.
    const [state, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : { pid: Number(id), parentPid: Number(parentPid), command };
  } catch {
    return undefined;
  }
}

function fromPs(): ProcessEntry[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parentPid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parentPid: Number(parentPid), command }];
  });
}
