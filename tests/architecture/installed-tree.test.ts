import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repositoryRoot } from './small-checkout.ts';

interface Entry {
  version: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
}

const script = join(repositoryRoot, 'scripts', 'install', 'installed-tree.mjs');
const { installedKind } = (await import(pathToFileURL(script).href)) as {
  installedKind: (root: string) => string;
};
const server: Entry = { version: '1.0.0' };
const linter: Entry = { version: '2.0.0', dev: true };
const elsewhere: Entry = { version: '3.0.0', optional: true, os: ['plan9'] };
const here: Entry = { version: '3.0.0', optional: true, os: [process.platform] };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'moothall-tree-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function lockWith(entries: Record<string, Entry>): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: inModules(entries) }));
}

function installWith(entries: Record<string, Entry>): void {
  for (const name of Object.keys(entries)) {
    mkdirSync(join(root, 'node_modules', name), { recursive: true });
    writeFileSync(join(root, 'node_modules', name, 'package.json'), '{}');
  }
  const record = join(root, 'node_modules', '.package-lock.json');
  writeFileSync(record, JSON.stringify({ packages: inModules(entries) }));
}

function inModules(entries: Record<string, Entry>): Record<string, Entry> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [`node_modules/${name}`, entry]));
}

test('a checkout without packages has none', () => {
  lockWith({ server });
  expect(installedKind(root)).toBe('none');
});

test('packages for other systems may be absent, those for this one may not', () => {
  lockWith({ server, linter, elsewhere });
  installWith({ server, linter });
  expect(installedKind(root)).toBe('dev');
  lockWith({ server, linter, here });
  expect(installedKind(root)).toBe('outdated');
});

test('without development packages it serves to run only', () => {
  lockWith({ server, linter });
  installWith({ server });
  expect(installedKind(root)).toBe('prod');
});

test('another version than the lock says is outdated', () => {
  lockWith({ server: { version: '1.0.1' } });
  installWith({ server });
  expect(installedKind(root)).toBe('outdated');
});

test('a package whose folder was removed by hand is outdated', () => {
  lockWith({ server });
  installWith({ server });
  rmSync(join(root, 'node_modules', 'server'), { recursive: true });
  expect(installedKind(root)).toBe('outdated');
});
