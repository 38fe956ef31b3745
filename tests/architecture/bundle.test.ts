import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSmallCheckout, repositoryRoot, type SmallCheckout } from './small-checkout.ts';
import { staticallyLoaded } from './statically-loaded.ts';

const script = (name: string) => pathToFileURL(join(repositoryRoot, 'scripts', name)).href;
const { ensureBuilt, isOutdated } = (await import(script('build.mjs'))) as {
  ensureBuilt: (options: { root: string; entryOnly?: boolean }) => Promise<string[]>;
  isOutdated: (name: string, root: string) => boolean;
};
const { loadBundle, codeCacheOf, wrapModule } = (await import(script('load-bundle.mjs'))) as {
  loadBundle: (path: string) => Record<string, unknown>;
  codeCacheOf: (path: string) => string;
  wrapModule: (code: string) => string;
};

let checkout: SmallCheckout;
let dist: string;
beforeEach(() => {
  checkout = makeSmallCheckout();
  dist = join(checkout.root, 'apps', 'server', 'dist');
});
afterEach(() => checkout.remove());

function loadedCode(): string {
  return [...staticallyLoaded(dist, 'main.cjs')]
    .map((name) => readFileSync(join(dist, name), 'utf8'))
    .join('\n');
}

/** The files of code of the bundle. */
const codeFiles = () => readdirSync(dist).filter((name) => name.endsWith('.cjs'));

test('the bundle holds our packages and those of npm, and the lab in a chunk of its own', async () => {
  expect(await ensureBuilt(checkout)).toEqual(['server']);
  const code = loadedCode();
  expect(code).toContain('const roomCount');
  expect(code).toContain('FST_ERR_DUPLICATED_ROUTE');
  expect(code).not.toMatch(/require\(["']fastify["']\)/);
  expect(code).not.toContain('function startLab');
  const holdsLab = (name: string) => readFileSync(join(dist, name), 'utf8').includes('function startLab');
  expect(codeFiles().some(holdsLab)).toBe(true);
  const entry = codeFiles().find((name) => name.startsWith('main-'));
  expect(existsSync(join(dist, `${entry}.map`))).toBe(true);
  expect(loadBundle(join(dist, 'main.cjs'))).toHaveProperty('main');
});

test('what V8 made of each chunk is taken by the same Node, and none of another is asked for', async () => {
  await ensureBuilt(checkout);
  const chunks = codeFiles().filter((name) => name !== 'main.cjs');
  expect(chunks.length).toBeGreaterThan(1);
  for (const name of chunks) {
    const code = readFileSync(join(dist, name), 'latin1');
    expect(code, name).toMatch(/^[\0-\x7f]*$/);
    const cachedData = readFileSync(codeCacheOf(join(dist, name)));
    expect(new Script(wrapModule(code), { cachedData }).cachedDataRejected, name).toBe(false);
  }
  expect(codeCacheOf('a.cjs')).toContain(`${process.version}-${process.arch}`);
});

const addRehearsal = (code: string) =>
  checkout.prepend('apps/server/src/main.ts', `export const rehearse = async () => { ${code} };\n`);

test('what is compiled while a bundle is rehearsed is in its caches', async () => {
  addRehearsal('await main([]);');
  await ensureBuilt(checkout);
  const larger = codeFiles().filter((name) => {
    if (name === 'main.cjs') return false;
    const unrun = new Script(wrapModule(readFileSync(join(dist, name), 'latin1'))).createCachedData();
    return readFileSync(codeCacheOf(join(dist, name))).length > 2 * unrun.length;
  });
  expect(larger).not.toEqual([]);
});

test('a bundle that fails in its rehearsal is no build', async () => {
  addRehearsal("throw new Error('it cannot start');");
  await expect(ensureBuilt(checkout)).rejects.toThrow('it cannot start');
});

test('a damaged cache, an absent one and a run with source maps load the same code', async () => {
  await ensureBuilt(checkout);
  const [first, ...others] = codeFiles().filter((name) => name !== 'main.cjs');
  writeFileSync(codeCacheOf(join(dist, first!)), 'damaged');
  for (const name of others) rmSync(codeCacheOf(join(dist, name)));
  const entry = JSON.stringify(join(dist, 'main.cjs'));
  const code = `import('${script('load-bundle.mjs')}').then((it) => console.log(Object.keys(it.loadBundle(${entry}))))`;
  for (const flags of [[], ['--enable-source-maps']])
    expect(execFileSync(process.execPath, [...flags, '-e', code], { encoding: 'utf8' })).toContain('main');
});

test('nothing is built again until what was built changes', async () => {
  await ensureBuilt(checkout);
  expect(await ensureBuilt(checkout)).toEqual([]);
  checkout.write('packages/core/src/not-imported.ts', 'export {};\n');
  checkout.write('packages/core/src/index.test.ts', 'export {};\n');
  expect(await ensureBuilt(checkout)).toEqual([]);
  checkout.replace('packages/core/src/index.ts', '= 8', '= 9');
  expect(await ensureBuilt(checkout)).toEqual(['server']);
  expect(loadedCode()).toContain('.max(9)');
});

test('what is loaded later is no reason to build where only the entry is asked for', async () => {
  await ensureBuilt(checkout);
  const entry = { ...checkout, entryOnly: true };
  checkout.replace('packages/lab/src/index.ts', 'startLab', 'beginLab');
  checkout.replace('apps/server/src/main.ts', 'startLab', 'beginLab');
  expect(await ensureBuilt(entry)).toEqual(['server']);
  checkout.prepend('packages/lab/src/index.ts', '// Changed.\n');
  expect(await ensureBuilt(entry)).toEqual([]);
  expect(isOutdated('server', checkout.root)).toBe(true);
  expect(await ensureBuilt(checkout)).toEqual(['server']);
  expect(isOutdated('server', checkout.root)).toBe(false);
});

test('a module that only passes on what others export is a source, and its absence is an error', async () => {
  checkout.write('packages/core/src/limit.ts', 'export const limit = 3;\n');
  checkout.write('packages/core/src/limits.ts', "export { limit } from './limit.ts';\n");
  checkout.prepend(
    'apps/server/src/main.ts',
    "export { limit } from '../../../packages/core/src/limits.ts';\n",
  );
  await ensureBuilt(checkout);
  checkout.write('packages/core/src/limits.ts', 'export const limit = 4;\n');
  expect(await ensureBuilt(checkout)).toEqual(['server']);
  expect(loadBundle(join(dist, 'main.cjs'))).toHaveProperty('limit', 4);
  rmSync(join(checkout.root, 'packages/core/src/limits.ts'));
  await expect(ensureBuilt(checkout)).rejects.toThrow(/limits/);
});

test('an import that leads nowhere is an error at build time and leaves the old bundle in place', async () => {
  await ensureBuilt(checkout);
  const before = readFileSync(join(dist, 'main.cjs'), 'utf8');
  checkout.prepend('packages/core/src/index.ts', "import './absent.ts';\n");
  await expect(ensureBuilt(checkout)).rejects.toThrow(/absent/);
  expect(readFileSync(join(dist, 'main.cjs'), 'utf8')).toBe(before);
});

test('two builds at once do not disturb each other', async () => {
  const built = await Promise.all([ensureBuilt(checkout), ensureBuilt(checkout)]);
  expect(built.flat()).toEqual(['server']);
});
