import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isRoot } from './run-user.ts';

const OWN_ENTRIES = ['postgres', 'cluster-id', 'postgres.log'];

/** Makes the data folder if need be and returns its real path. For root it gets mode 0711, since another
 *  user id has to pass through it to the cluster; else 0700. Parents keep the usual mode.
 *  An existing folder is opened to 0711 only when root owns it and it is empty or already ours. */
export function openDataFolder(dataDir: string): string {
  const path = resolve(dataDir);
  mkdirSync(dirname(path), { recursive: true });
  const made = makeOnly(path);
  const real = realpathSync(path);
  const { uid, mode } = statSync(real);
  if (isRoot() && uid === 0 && (mode & 0o011) !== 0o011 && (made || isOurs(real)))
    chmodSync(real, mode | 0o011);
  return real;
}

function makeOnly(path: string): boolean {
  if (existsSync(path)) return false;
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return true;
}

function isOurs(folder: string): boolean {
  const names = readdirSync(folder);
  return names.length === 0 || names.some((name) => OWN_ENTRIES.includes(name));
}
