import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LIMIT_MS = 300_000;

/** Where no branch may go untried, with the tests that try them. */
const tests = ['packages/platform/src/authorize.test.ts', 'packages/platform/src/identity/tokens'];
const files = ['packages/platform/src/authorize.ts', 'packages/platform/src/identity/tokens/*.ts'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moot-branches-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Summary = Record<string, { branches: { total: number; covered: number } }>;

it('authorize and the ledger of tokens are tried in every branch', { timeout: LIMIT_MS }, async () => {
  const include = files.map((file) => `--coverage.include=${file}`);
  const coverage = ['--coverage.enabled', '--coverage.provider=v8', '--coverage.exclude=**/*.test.ts'];
  const report = ['--coverage.reporter=json-summary', `--coverage.reportsDirectory=${folder}`];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--project', 'main', ...tests, ...coverage, ...include, ...report];
  // A database server of its own: that of this run has its template in use.
  const env = { ...process.env, MOOT_TEST_DATABASE_URL: '' };
  await promisify(execFile)(process.execPath, args, { cwd: root, timeout: LIMIT_MS, env });
  const summary = JSON.parse(await readFile(join(folder, 'coverage-summary.json'), 'utf8')) as Summary;
  const { total, ...each } = summary;
  expect(total!.branches.total).toBeGreaterThan(40);
  const untried = Object.entries(each).filter(([, { branches }]) => branches.covered < branches.total);
  expect(untried.map(([file]) => file.slice(root.length))).toEqual([]);
});
