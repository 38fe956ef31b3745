import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { writeOutput } from './output.mjs';

const packers = [
  ['br', promisify(brotliCompress)],
  ['gz', promisify(gzip)],
];
const entries = ['account', 'portal', 'hub'];
/** What browsers must know: `light-dark()`, cascade layers and container queries among it. */
const browsers = ['chrome123', 'edge123', 'firefox121', 'safari17.5'];

/**
 * Builds the web pages: one HTML file for each entry, with files that they share and whose names hold a hash,
 * each of them packed by brotli and gzip too.
 * @param {string} root checkout
 * @param {string} app folder below apps/
 * @returns {Promise<(path: string) => 'entry'>} that any of its sources may have gone into them
 * @throws {Error} when an import cannot be resolved
 */
export async function buildPages(root, app) {
  const folder = join(root, 'apps', app);
  const { output } = await inProduction(async () => {
    const { build } = await import('vite');
    return build(await viteSettings(folder));
  });
  const dist = join(folder, 'dist');
  const assets = output.filter(({ fileName }) => fileName.startsWith('assets/'));
  const packed = await Promise.all(assets.map((file) => pack(dist, file)));
  writeOutput(join(dist, 'assets'), [...assets, ...packed.flat()].map(withoutFolder));
  writeOutput(
    dist,
    output.filter((file) => !assets.includes(file)),
  );
  return () => 'entry';
}

/** The first mention of a layer gives it its rank, and the order of files is the bundler's: so each file says it. */
const layerOrder = {
  name: 'layer-order',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('.css') ? `@layer base, ui, feature, motion;\n${code}` : undefined),
};

/** Whatever runs the build, a test too, it makes the pages of production, and leaves its caller's setting alone. */
async function inProduction(work) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function viteSettings(folder) {
  const { default: react } = await import('@vitejs/plugin-react');
  return {
    root: folder,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    mode: 'production',
    plugins: [react(), layerOrder],
    resolve: { alias: [{ find: /^zod$/, replacement: join(folder, 'src', 'zod-without-eval.ts') }] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: browsers,
      // The policy of the pages lets nothing run that is not a file of ours.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(entries.map((name) => [name, join(folder, `${name}.html`)])),
        treeshake: { moduleSideEffects: hasSideEffects },
      },
    },
  };
}

/** Of a contract that a page does not call, nothing belongs into it. */
function hasSideEffects(id) {
  return !/\.(contract|errors)\.ts$/.test(id);
}

function withoutFolder(file) {
  return { ...file, fileName: file.fileName.slice('assets/'.length) };
}

/** The name changes with the content, so what is packed already is packed right. */
async function pack(dist, file) {
  const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
  return Promise.all(
    packers.map(async ([end, compress]) => {
      const fileName = `${file.fileName}.${end}`;
      const path = join(dist, fileName);
      return {
        type: 'asset',
        fileName,
        source: existsSync(path) ? readFileSync(path) : await compress(content),
      };
    }),
  );
}
