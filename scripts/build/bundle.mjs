import { join } from 'node:path';
import { writeOutput } from './output.mjs';

/**
 * Bundles one application for Node: our workspace packages and a few of npm's inside, the others outside, each
 * dynamic import a chunk of its own.
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

/** Packages without dependencies of their own, in hundreds of files: to find and read each is a fifth of a start. */
const INSIDE = /^(@moothall|kysely|zod|jose|yaml)(\/|$)/;

async function openBuild(root, input) {
  const { rolldown } = await import('rolldown');
  return rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: (id) => /^[^./]/.test(id) && !INSIDE.test(id) && !id.startsWith(root),
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
