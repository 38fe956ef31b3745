import './node-version.mjs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { loadBundle } from './load-bundle.mjs';
import { printFailure } from './print-failure.mjs';
import { repositoryRoot } from './root.mjs';

// The server runs in this very process: a signal to `npm start` then reaches it, and it can drain.
try {
  const { installed, sizeMegabytes } = await ensureInstalled();
  if (installed) console.log(`installed, ${sizeMegabytes} MB`);
  await ensureBuilt();
  const { main } = loadBundle(join(repositoryRoot, 'apps', 'server', 'dist', 'main.cjs'));
  await main(process.argv.slice(2));
} catch (error) {
  printFailure(error);
  process.exit(1);
}
