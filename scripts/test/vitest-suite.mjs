import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../child-process.mjs';
import { writeCriteria } from './criteria-results.mjs';

/**
 * Runs one Vitest project, prints its output as it comes, and its failures and skips at the end.
 * @param {string} root checkout
 * @param {string} project name in vitest.config.ts
 * @param {string[]} filters arguments for Vitest: parts of file names, `-t name`
 * @returns {Promise<{passed: number, failed: number, skipped: number}>}
 */
export async function runVitest(root, project, filters) {
  const folder = mkdtempSync(join(tmpdir(), 'moothall-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const { code } = await run(process.execPath, vitestArguments(root, project, filters), {
      cwd: root,
      env: environment(file),
      onOutput: (text) => process.stdout.write(text),
    });
    const tally = readTally(file, code);
    writeCriteria(root, tally);
    return report(project, tally);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitestArguments(root, project, filters) {
  return [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    `--project=${project}`,
    '--passWithNoTests',
    '--reporter=default',
    `--reporter=${join(root, 'scripts', 'test', 'tally-reporter.mjs')}`,
    ...filters,
  ];
}

/** Vitest sets its own NODE_ENV unless it inherits one. */
function environment(tallyFile) {
  const { NODE_ENV: _dropped, ...rest } = process.env;
  return { ...rest, TALLY_FILE: tallyFile };
}

function readTally(file, code) {
  const tally = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: [], skipped: [], ran: [], results: [] };
  if (code !== 0 && tally.failed.length === 0) tally.failed.push(`vitest ended with status ${code}`);
  return tally;
}

function report(project, tally) {
  for (const { name, reason } of tally.skipped) console.log(`skipped: ${name}: ${reason}`);
  for (const name of tally.failed) console.log(`failed: ${name}`);
  const counts = { passed: tally.passed, failed: tally.failed.length, skipped: tally.skipped.length };
  console.log(`${project}: ${counts.passed} of ${counts.passed + counts.failed} tests passed`);
  return counts;
}
