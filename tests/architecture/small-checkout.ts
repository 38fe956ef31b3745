import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that these tests belong to. */
export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const houseFiles = ['biome.json', 'knip.json', 'tsconfig.json', '.gitignore', 'scripts/gates/clock.grit'];

/** A checkout below the temporary folder, with the gates' own settings and packages of a few lines each. */
export interface SmallCheckout {
  root: string;
  /** Writes a file; text is put as it is. */
  write(path: string, text: string): void;
  /** Replaces a part of a file that must be there. */
  replace(path: string, from: string, to: string): void;
  /** Puts a line before a file. */
  prepend(path: string, line: string): void;
  /** Makes a package or app of the checkout known by its name. */
  link(folder: string): void;
  remove(): void;
}

/**
 * Makes a checkout that passes every gate, for a test to spoil.
 * @param folder name below tests/architecture with the files of the checkout, each ending in `.txt` on disk
 */
export function makeSmallCheckout(folder = 'small-checkout'): SmallCheckout {
  const root = mkdtempSync(join(tmpdir(), 'moothall-gates-'));
  for (const path of houseFiles) cpSync(join(repositoryRoot, path), join(root, path));
  copySources(join(repositoryRoot, 'tests', 'architecture', folder), root);
  linkDependencies(root);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  return {
    root,
    write,
    replace(path, from, to) {
      const text = readFileSync(join(root, path), 'utf8');
      if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
      write(path, text.replace(from, to));
    },
    prepend: (path, line) => write(path, line + readFileSync(join(root, path), 'utf8')),
    link: (path) => symlinkSync(join(root, path), join(root, 'node_modules', '@moothall', basename(path))),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The suffix keeps the sources out of our own gates and of editors' projects. */
function copySources(from: string, root: string): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(root, source.slice(from.length).replace(/\.txt$/, ''));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target);
  }
}

/** Installed packages are shared by links; our own names lead to the packages of the small checkout. */
function linkDependencies(root: string): void {
  const installed = join(repositoryRoot, 'node_modules');
  mkdirSync(join(root, 'node_modules', '@moothall'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name.startsWith('.') || name === '@moothall') continue;
    symlinkSync(join(installed, name), join(root, 'node_modules', name));
  }
  for (const name of readdirSync(join(root, 'packages'))) {
    symlinkSync(join(root, 'packages', name), join(root, 'node_modules', '@moothall', name));
  }
}

/** What `npm run check` printed, and its exit code. */
export interface CheckResult {
  code: number;
  output: string;
}

/** Runs the gates on a checkout; `only` as for `npm run check -- --only`. */
export function check(root: string, only?: string): Promise<CheckResult> {
  const args = [join(repositoryRoot, 'scripts', 'check.mjs'), '--root', root];
  if (only !== undefined) args.push('--only', only);
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
        output: stdout + stderr,
      });
    });
  });
}
