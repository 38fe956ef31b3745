import { join } from 'node:path';
import { run } from '../child-process.mjs';
import { repositoryRoot } from '../root.mjs';

/**
 * Runs a tool of our own node_modules in a checkout.
 * @param {string} root folder to run in
 * @param {string} name in node_modules/.bin
 * @param {string[]} args
 * @returns {Promise<string[]>} nothing when it passed, else the lines that it printed
 */
export async function runTool(root, name, args) {
  const { code, stdout, stderr } = await run(join(repositoryRoot, 'node_modules', '.bin', name), args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  if (code === 0) return [];
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 ? lines : [`${name} ended with status ${code}`];
}
