import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../child-process.mjs';
import { npmCommand } from '../install/npm.mjs';
import { ensureInstalled } from '../install.mjs';
import { parseTally } from '../tally.mjs';

/**
 * The folders below tests/clients that bring packages of strangers.
 * @param {string} root checkout
 * @returns {Array<{name: string, folder: string, hasOwnTest: boolean, usedBy: string[]}>} `usedBy`: folders of tests
 *   elsewhere that need the packages
 */
export function clientFolders(root) {
  const parent = join(root, 'tests', 'clients');
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .map((name) => ({ name, folder: join(parent, name) }))
    .filter(({ folder }) => existsSync(join(folder, 'package.json')))
    .map((client) => {
      const { scripts, usedBy = [] } = JSON.parse(readFileSync(join(client.folder, 'package.json'), 'utf8'));
      return { ...client, hasOwnTest: scripts?.test !== undefined, usedBy };
    });
}

/**
 * Installs the packages of one client folder by its own lock.
 * @param {{name: string, folder: string}} client
 * @returns {Promise<string | undefined>} npm's words when it failed
 */
export async function installClient({ folder }) {
  try {
    await ensureInstalled({ root: folder, dev: true });
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/**
 * Runs the `test` script of a client folder; its output must end with the tally line.
 * @param {{name: string, folder: string}} client
 * @returns {Promise<{passed: number, failed: number, skipped: number}>}
 */
export async function runClientTest({ name, folder }) {
  const [command, first] = npmCommand();
  const result = await run(command, [...first, 'test', '--silent'], {
    cwd: folder,
    onOutput: (text) => process.stdout.write(text),
  });
  const tally = parseTally(result.stdout);
  if (tally && (result.code === 0 || tally.failed > 0)) return tally;
  console.log(
    `failed: tests/clients/${name}: ended with status ${result.code}${tally ? '' : ' and no tally'}`,
  );
  return { passed: tally?.passed ?? 0, failed: 1, skipped: tally?.skipped ?? 0 };
}
