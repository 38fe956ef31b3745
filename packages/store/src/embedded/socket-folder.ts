import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { giveTo, ownUser, type RunUser } from './run-user.ts';

/** Makes the folder of a cluster's unix socket: 0700, of the user that runs PostgreSQL, and short, since a socket's
 *  path may have 107 bytes. Its name follows from the cluster's; where somebody else holds that name, a random
 *  one is taken.
 *  @param options.clear  removes the socket of a run that was killed */
export function openSocketFolder(name: string, user: RunUser, options: { clear: boolean }): string {
  const root = existsSync('/tmp') ? '/tmp' : tmpdir();
  const usual = join(root, `${name}-${user.uid}`);
  if (options.clear && isPrivate(usual, user)) rmSync(usual, { recursive: true, force: true });
  if (!existsSync(usual)) mkdirSync(usual, { mode: 0o700 });
  const folder = isPrivate(usual, user) ? usual : mkdtempSync(join(root, 'moot-'));
  chmodSync(folder, 0o700);
  giveTo(user, folder);
  return folder;
}

function isPrivate(folder: string, user: RunUser): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory()) return false;
  return (found.uid === user.uid || found.uid === ownUser().uid) && (found.mode & 0o077) === 0;
}
