import { closeSync, fchownSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot, type RunUser } from './run-user.ts';

const MAX_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 4_096;

/** PostgreSQL's log of one start: `handle` is to be passed to the server and closed, `said()` reads what was written
 *  since, at most its last 4 KB. */
export type ServerLog = { path: string; handle: number; said(): string; close(): void };

/** Opens `DIR/postgres.log` for appending, mode 0600, owned by the user that runs PostgreSQL. A log of more than 10 MB
 *  becomes `postgres.log.1` first. Handing over the open file spares that user the way through DIR. */
export function openServerLog(dataDir: string, user: RunUser): ServerLog {
  const path = join(dataDir, 'postgres.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_BYTES) renameSync(path, `${path}.1`);
  const handle = openSync(path, 'a', 0o600);
  if (isRoot()) fchownSync(handle, user.uid, user.gid);
  const offset = fstatSync(handle).size;
  return { path, handle, said: () => readFrom(path, offset), close: () => closeSync(handle) };
}

function readFrom(path: string, offset: number): string {
  return readFileSync(path).subarray(offset).subarray(-TAIL_BYTES).toString('utf8').trim();
}
