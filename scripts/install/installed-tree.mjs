import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Says what the `node_modules` of a project holds, judged against its lock by npm's own record of the tree.
 * @param {string} root folder with package-lock.json
 * @returns {'dev' | 'prod' | 'outdated' | 'none'} `dev` holds everything, `prod` what running needs
 */
export function installedKind(root) {
  const recordPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordPath)) return 'none';
  const locked = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(recordPath);
  let kind = 'dev';
  for (const [path, entry] of Object.entries(locked)) {
    if (!path.includes('node_modules/')) continue;
    if (installed[path] ? isPresent(root, path, entry, installed[path]) : mayBeAbsent(entry)) continue;
    if (entry.dev || entry.devOptional) kind = 'prod';
    else return 'outdated';
  }
  return kind;
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

function isPresent(root, path, locked, installed) {
  const same = locked.link
    ? installed.resolved === locked.resolved
    : installed.version === locked.version && installed.integrity === locked.integrity;
  return same && existsSync(join(root, path, 'package.json'));
}

/** Optional packages for other systems, and what only those need, are in the lock and not on disk. */
function mayBeAbsent(entry) {
  if (entry.optional !== true && entry.devOptional !== true) return false;
  const isPlatformPackage = entry.os || entry.cpu || entry.libc;
  const fitsThisMachine =
    allows(entry.os, process.platform) && allows(entry.cpu, process.arch) && allows(entry.libc, libcFamily);
  return !(isPlatformPackage && fitsThisMachine);
}

function allows(list, value) {
  if (!list || value === undefined) return true;
  if (list.includes(`!${value}`)) return false;
  return list.every((item) => item.startsWith('!')) || list.includes(value);
}

const libcFamily = (() => {
  if (process.platform !== 'linux') return undefined;
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
})();
