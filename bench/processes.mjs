import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Resolves with the rest of the first line that starts with `word`. */
function lineOf(child, word) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const line = text
        .split('\n')
        .find((candidate, index, all) => candidate.startsWith(`${word} `) && index < all.length - 1);
      if (line) resolve(line.slice(word.length + 1));
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code} before it was ready:\n${text}`)));
  });
}

async function start(command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await lineOf(child, 'ready');
  return {
    url,
    pid: child.pid,
    /** Sends a signal and resolves with the rest of the line that answers it. */
    ask(signal, word) {
      const answer = lineOf(child, word);
      child.kill(signal);
      return answer;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

/** Starts a file that prints `ready URL`. */
export const startFile = (file, ...args) => start(process.execPath, [file, ...args]);

/** Starts a script of this folder that prints `ready URL`. */
export const startScript = (name, ...args) => start(process.execPath, [join(root, 'bench', name), ...args]);

/** Starts the product itself; a later `--port` wins. */
export const startServer = (args, env) =>
  start(process.execPath, [join(root, 'scripts', 'start.mjs'), '--port', '0', ...args], env);

/** A port of loopback that nobody listens on now. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A folder that the database's own user can reach too. */
export function temporaryFolder() {
  const parent = mkdtempSync(join(tmpdir(), 'moot-bench-'));
  mkdirSync(join(parent, 'data'), { mode: 0o755 });
  chmodSync(parent, 0o755);
  return {
    parent,
    data: join(parent, 'data'),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** Limits that a load must not run into. */
export const NO_LIMITS =
  'request.rate=1000000000,request.rate_messages=1000000000,request.rate_bot=1000000000,room.members=100000';

/**
 * A production server over a data folder that a lab server filled from a world: the tokens of the world are known.
 * @param {object} world a world file
 * @param {{limits?: string}} [options] further overrides of limits
 */
export async function startProduction(world, { limits = '' } = {}) {
  const folder = temporaryFolder();
  const file = join(folder.parent, 'world.json');
  writeFileSync(file, JSON.stringify(world));
  const lab = await startServer(['--data', folder.data, '--world', file]);
  await lab.stop();
  const env = {
    MOOT_LIMITS: [NO_LIMITS, limits].filter(Boolean).join(','),
    MOOT_OUTBOUND_ALLOW: '127.0.0.1',
  };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ['--mode', 'production', '--data', folder.data, '--public-url', url, '--port', String(port)];
  const server = await startServer(args, env);
  return { ...server, data: folder.data, remove: folder.remove };
}

/** Loads a server from a process of its own and answers with what it measured. */
export const load = (job) => runJob('load.mjs', job);

/** Runs a script of this folder that reads a job on its stdin, and answers with what it measured. */
export function runJob(name, job) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'bench', name)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`the load ended with ${code}`)),
    );
    child.stdin.end(JSON.stringify(job));
  });
}
