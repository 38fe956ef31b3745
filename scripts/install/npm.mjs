import { dirname, join } from 'node:path';
import { run } from '../child-process.mjs';

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Runs npm in a folder without install scripts.
 * @param {string} cwd
 * @param {string[]} args for example `['ci', '--omit=dev']`
 * @throws {Error} with npm's own output when it fails
 */
export async function npm(cwd, args) {
  const [command, first] = npmCommand();
  const result = await run(command, [...first, ...args, ...quiet], { cwd, env: environment() });
  if (result.code === 0) return;
  throw new Error(`npm ${args.join(' ')} failed in ${cwd}:\n${withoutUsage(result.stderr || result.stdout)}`);
}

/** npm prints its whole manual below some errors. */
function withoutUsage(output) {
  return output
    .replace(/^npm error\s*\n(?:npm error [A-Z].*\n)npm error\s*\nnpm error Usage:[\s\S]*/m, '')
    .trim();
}

/**
 * The npm that runs us when there is one, else the one on the path.
 * @returns {[string, string[]]} program and its first arguments
 */
export function npmCommand() {
  const current = process.env.npm_execpath ?? '';
  if (!/np[mx]-cli\.js$/.test(current)) return ['npm', []];
  return [process.execPath, [join(dirname(current), 'npm-cli.js')]];
}

/**
 * NODE_ENV=production would make npm leave out the development dependencies. An npm that runs us hands down its
 * own project's strictness about engines, which would win over what the folder's .npmrc says.
 */
function environment() {
  const { NODE_ENV: _production, npm_config_engine_strict: _strict, ...rest } = process.env;
  return rest;
}
