import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from './small-checkout.ts';

interface Tally {
  passed: number;
  failed: string[];
  skipped: Array<{ name: string; reason: string }>;
}

const { parseTally } = (await import(pathToFileURL(join(repositoryRoot, 'scripts', 'tally.mjs')).href)) as {
  parseTally: (output: string) => unknown;
};

const mixedTests = `
import { beforeAll, describe, expect, test } from 'vitest';
test('passes', () => expect(1).toBe(1));
test('fails', () => expect(1).toBe(2));
test('needs a printer', (context) => context.skip('no printer here'));
test.skip('prints (needs paper)', () => {});
test.skip('is skipped in silence', () => {});
describe('a broken suite', () => {
  beforeAll(() => { throw new Error('broken'); });
  test('never runs', () => {});
});
`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'moothall-tally-test-'));
  symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'tests'));
  writeFileSync(join(root, 'tests', 'mixed.test.js'), mixedTests);
  writeFileSync(join(root, 'tests', 'unreadable.test.js'), "import './absent.js';\n");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function runVitest(args: string[]): Promise<Tally> {
  const file = join(root, 'tally.json');
  const command = [
    join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--root',
    root,
    `--reporter=${join(repositoryRoot, 'scripts', 'test', 'tally-reporter.mjs')}`,
    ...args,
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root, env: { ...process.env, TALLY_FILE: file } }, () => {
      resolve(JSON.parse(readFileSync(file, 'utf8')) as Tally);
    });
  });
}

test('what broke outside a test and what was skipped without a reason count as failed', async () => {
  const tally = await runVitest([]);
  expect(tally.passed).toBe(1);
  expect(tally.failed.sort()).toEqual([
    'tests/mixed.test.js: a broken suite: broke outside its tests',
    'tests/mixed.test.js: fails',
    "tests/mixed.test.js: is skipped in silence: skipped without a reason; use context.skip('why') or a name with (needs ...)",
    'tests/unreadable.test.js: could not be loaded',
  ]);
  expect(tally.skipped).toEqual([
    { name: 'tests/mixed.test.js: needs a printer', reason: 'no printer here' },
    { name: 'tests/mixed.test.js: prints (needs paper)', reason: 'needs paper' },
    { name: 'tests/mixed.test.js: a broken suite > never runs', reason: 'its suite broke' },
  ]);
});

test('what a name pattern leaves out is not a failure', async () => {
  const tally = await runVitest(['-t', 'passes', 'mixed']);
  expect(tally.failed).toEqual([]);
  expect(tally.passed).toBe(1);
});

test('the last line that is nothing but a tally counts', () => {
  const output =
    '1 passed, 0 failed, 0 skipped\nnot 9 passed, 9 failed, 9 skipped\n2 passed, 1 failed, 3 skipped\n';
  expect(parseTally(output)).toEqual({ passed: 2, failed: 1, skipped: 3 });
  expect(parseTally('all is well')).toBeUndefined();
});
