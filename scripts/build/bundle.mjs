import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const keepOldChunksMs = 24 * 60 * 60 * 1000;

/**
 * Bundles one application for Node: our workspace packages inside, npm packages outside, each dynamic import
 * a chunk of its own.
 * @param {string} root checkout
 * @param {string} app folder below apps/, whose src/main.ts is the entry
 * @throws {Error} when the entry or an import cannot be resolved
 */
export async function bundle(root, app) {
  const build = await openBuild(root, { main: join(root, 'apps', app, 'src', 'main.ts') });
  const { output } = await build.generate({
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await build.close();
  writeOutput(join(root, 'apps', app, 'dist'), output);
}

/**
 * Bundles one module of the checkout, with what it imports of ours, into a single text.
 * @param {string} root checkout
 * @param {string} entry absolute path of the module
 * @returns {Promise<string>} an ES module whose npm packages are imported from where it is put
 */
export async function bundleModule(root, entry) {
  const build = await openBuild(root, { module: entry });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  await build.close();
  return output[0].code;
}

async function openBuild(root, input) {
  const { rolldown } = await import('rolldown');
  return rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: (id) => /^[^./]/.test(id) && !id.startsWith('@moothall/') && !id.startsWith(root),
    tsconfig: false,
    transform: { target: 'node20.19' },
    onLog: refuseUnresolved,
  });
}

/** A bundle with a hole would fail only when the server gets there. */
function refuseUnresolved(level, log, forward) {
  if (log.code === 'UNRESOLVED_IMPORT') forward('error', log);
  else if (log.code !== 'CIRCULAR_DEPENDENCY') forward(level, log);
}

/** Writes the entry last and each file by a rename, so that a process which starts meanwhile finds a whole bundle. */
function writeOutput(folder, output) {
  mkdirSync(folder, { recursive: true });
  const files = [...output].sort((a, b) => rank(a) - rank(b));
  for (const file of files) {
    const path = join(folder, file.fileName);
    writeFileSync(`${path}.new`, file.type === 'chunk' ? file.code : file.source);
    renameSync(`${path}.new`, path);
  }
  removeOldChunks(folder, new Set(files.map((file) => file.fileName)));
}

function rank(file) {
  return file.type === 'chunk' && file.isEntry ? 1 : 0;
}

/** A process that runs since before may still load the chunks of its own build. */
function removeOldChunks(folder, current) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, basename(name));
    if (name.startsWith('.') || current.has(name)) continue;
    if (performance.timeOrigin - statSync(path).mtimeMs > keepOldChunksMs) rmSync(path);
  }
}
