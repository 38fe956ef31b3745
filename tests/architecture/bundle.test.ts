import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSmallCheckout, repositoryRoot, type SmallCheckout } from './small-checkout.ts';

const { ensureBuilt } = (await import(pathToFileURL(join(repositoryRoot, 'scripts', 'build.mjs')).href)) as {
  ensureBuilt: (options: { root: string }) => Promise<string[]>;
};

let checkout: SmallCheckout;
let dist: string;
beforeEach(() => {
  checkout = makeSmallCheckout();
  dist = join(checkout.root, 'apps', 'server', 'dist');
});
afterEach(() => checkout.remove());

/** The files that a process loads before any dynamic import. */
function staticallyLoaded(folder: string, entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const code = readFileSync(join(folder, entry), 'utf8');
  for (const match of code.matchAll(/^(?:import|export)\b[^;]*?["']\.\/([^"']+)["']/gm)) {
    staticallyLoaded(folder, match[1] ?? '', seen);
  }
  return seen;
}

function loadedCode(): string {
  return [...staticallyLoaded(dist, 'main.js')]
    .map((name) => readFileSync(join(dist, name), 'utf8'))
    .join('\n');
}

test('the bundle holds our packages, leaves npm packages outside and the lab in a chunk of its own', async () => {
  expect(await ensureBuilt(checkout)).toEqual(['server']);
  const code = loadedCode();
  expect(code).toContain('const roomCount');
  expect(code).toMatch(/from ["']fastify["']/);
  expect(code).not.toContain('function startLab');
  const chunks = readdirSync(dist).filter((name) => /^[^.].*\.js$/.test(name));
  expect(chunks.some((name) => readFileSync(join(dist, name), 'utf8').includes('function startLab'))).toBe(
    true,
  );
  expect(existsSync(join(dist, 'main.js.map'))).toBe(true);
  expect(await import(pathToFileURL(join(dist, 'main.js')).href)).toHaveProperty('main');
});

test('nothing is built again until a source changes; a test is not a source', async () => {
  await ensureBuilt(checkout);
  expect(await ensureBuilt(checkout)).toEqual([]);
  checkout.write('packages/core/src/index.test.ts', 'export {};\n');
  expect(await ensureBuilt(checkout)).toEqual([]);
  checkout.replace('packages/core/src/index.ts', '= 8', '= 9');
  expect(await ensureBuilt(checkout)).toEqual(['server']);
  expect(loadedCode()).toContain('.max(9)');
});

test('an import that leads nowhere is an error at build time and leaves the old bundle in place', async () => {
  await ensureBuilt(checkout);
  const before = readFileSync(join(dist, 'main.js'), 'utf8');
  checkout.prepend('packages/core/src/index.ts', "import './absent.ts';\n");
  await expect(ensureBuilt(checkout)).rejects.toThrow(/absent/);
  expect(readFileSync(join(dist, 'main.js'), 'utf8')).toBe(before);
});

test('two builds at once do not disturb each other', async () => {
  const built = await Promise.all([ensureBuilt(checkout), ensureBuilt(checkout)]);
  expect(built.flat()).toEqual(['server']);
});
