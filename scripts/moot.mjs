#!/usr/bin/env node
import './node-version.mjs';
import { join } from 'node:path';
import { ensureBuilt, isOutdated } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { loadBundle } from './load-bundle.mjs';
import { repositoryRoot } from './root.mjs';

const entry = join(repositoryRoot, 'apps', 'cli', 'dist', 'main.cjs');
let isLooking = false;

/**
 * Looks at the sources of what a command loads beyond the entry, once. Most need no more than that, and to look at all
 * would take longer than what they do.
 */
function lookAtTheRest() {
  if (!isLooking) return;
  isLooking = false;
  if (isOutdated('cli')) startAnew();
}

/** A command that comes to load what has changed begins again, built anew: commands load before they do anything. */
function startAnew() {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const build = join(import.meta.dirname, 'build.mjs');
  const { status } = spawnSync(process.execPath, [build, 'cli'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
  process.exit(spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1);
}

// Nothing but the command itself may write to the standard output: `--json` is read by programs.
try {
  await ensureInstalled({ onStart: () => console.error('moot: installing dependencies, once') });
  // With source maps Node loads the rest by itself, and nobody would look at its sources.
  await ensureBuilt({ only: ['cli'], entryOnly: !process.sourceMapsEnabled });
  const { main } = loadBundle(entry, lookAtTheRest);
  isLooking = true;
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { printFailure } = await import('./print-failure.mjs');
  printFailure(error);
  process.exitCode = 1;
}
// To take down what the command has left open takes longer than to end: all that was written goes out before.
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
