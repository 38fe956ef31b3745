import { execFile } from 'node:child_process';
import { cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSmallCheckout, repositoryRoot, type SmallCheckout } from './small-checkout.ts';

const run = promisify(execFile);

let checkout: SmallCheckout;
beforeEach(() => {
  checkout = makeSmallCheckout();
  cpSync(join(repositoryRoot, 'scripts'), join(checkout.root, 'scripts'), { recursive: true });
  const lock = statSync(join(checkout.root, 'package-lock.json'));
  const state = [lock.size, lock.mtimeMs, undefined, process.platform, process.arch].join('/');
  checkout.write('node_modules/.moot-install', `${state} dev\n`);
  checkout.write('apps/cli/src/later.ts', "export const later = 'later 1';\n");
  checkout.write(
    'apps/cli/src/main.ts',
    `import { readFileSync } from 'node:fs';
    export async function main(words: string[]): Promise<number> {
      const said = words[0] === 'later' ? (await import('./later.ts')).later : 'at once 1';
      console.log(said + readFileSync(0, 'utf8'));
      return words.length;
    }\n`,
  );
});
afterEach(() => checkout.remove());

async function moot(...words: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  const running = run(process.execPath, [join(checkout.root, 'scripts', 'moot.mjs'), ...words]);
  running.child.stdin!.end(', read');
  return running.then(
    (done) => ({ ...done, code: 0 }),
    ({ stdout, stderr, code }: { stdout: string; stderr: string; code: number }) => ({
      stdout,
      stderr,
      code,
    }),
  );
}

test('a command runs what its sources say now, whether it was loaded at once or later', async () => {
  expect(await moot('at-once')).toMatchObject({ stdout: 'at once 1, read\n', code: 1 });
  expect(await moot('later')).toMatchObject({ stdout: 'later 1, read\n', code: 1 });
  checkout.replace('apps/cli/src/later.ts', '1', '22');
  expect(await moot('at-once')).toMatchObject({ stdout: 'at once 1, read\n', stderr: '', code: 1 });
  // Nothing but the command itself writes to the standard output, and what it reads and answers is its own.
  const anew = await moot('later', 'twice');
  expect(anew).toMatchObject({ stdout: 'later 22, read\n', code: 2 });
  expect(anew.stderr).toContain('built cli');
  expect(await moot('later')).toMatchObject({ stdout: 'later 22, read\n', stderr: '', code: 1 });
  checkout.replace('apps/cli/src/main.ts', 'at once 1', 'at once 2');
  expect(await moot('at-once')).toMatchObject({ stdout: 'at once 2, read\n', code: 1 });
});

test('a command that cannot be built anew says why and does not run', async () => {
  await moot('at-once');
  checkout.prepend('apps/cli/src/later.ts', "import './absent.ts';\n");
  const failed = await moot('later');
  expect(failed).toMatchObject({ stdout: '', code: 1 });
  expect(failed.stderr).toContain('absent');
});
