#!/usr/bin/env node
import './node-version.mjs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { loadBundle } from './load-bundle.mjs';
import { repositoryRoot } from './root.mjs';

// Nothing but the command itself may write to the standard output: `--json` is read by programs.
try {
  await ensureInstalled({ onStart: () => console.error('moot: installing dependencies, once') });
  await ensureBuilt({ only: ['cli'] });
  const { main } = loadBundle(join(repositoryRoot, 'apps', 'cli', 'dist', 'main.cjs'));
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { printFailure } = await import('./print-failure.mjs');
  printFailure(error);
  process.exitCode = 1;
}
// To take down what the command has left open takes longer than to end: all that was written goes out before.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
