import './node-version.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { printFailure } from './print-failure.mjs';
import { repositoryRoot } from './root.mjs';

// The server runs in this very process: a signal to `npm start` then reaches it, and it can drain.
try {
  const { installed, sizeMegabytes } = await ensureInstalled();
  if (installed) console.log(`installed, ${sizeMegabytes} MB`);
  await ensureBuilt();
  const server = join(repositoryRoot, 'apps', 'server', 'dist', 'main.js');
  const { main } = await import(pathToFileURL(server).href);
  await main(process.argv.slice(2));
} catch (error) {
  printFailure(error);
  process.exit(1);
}
