import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const repositoryRoot = fileURLToPath(new URL('../../', import.meta.url));

// A fresh checkout is built by the start.
const START_LIMIT_MS = 120_000;

/** How a server's process ended. */
export type Ending = { code: number | null; signal: NodeJS.Signals | null };

/** The product in a process of its own, as `npm start` runs it. */
export interface StartedServer {
  /** What it called itself in its `ready` line, without a slash at the end. */
  baseUrl: string;
  pid: number;
  /** Both streams so far. */
  output(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ending>;
}

/** How a server is started, beside its options. */
export type StartOptions = { env?: Record<string, string>; root?: string };

/** Settings of the test run must not reach a program that is started. */
export function cleanEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(MOOT_|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...more };
}

/** A folder that the database's own user can reach when tests run as root. */
export async function makeFolder(name: string): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `moot-${name}-`));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/**
 * Runs `scripts/start.mjs` until its `ready` line.
 * @throws Error with its output when it ends before
 */
export async function startServer(
  args: readonly string[],
  options: StartOptions = {},
): Promise<StartedServer> {
  const root = options.root ?? repositoryRoot;
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: root,
    env: cleanEnvironment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const ended = once(child, 'exit').then(([code, signal]): Ending => {
    process.off('exit', endWithUs);
    return { code, signal };
  });
  let output = '';
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const url = /^ready (\S+)$/m.exec(output)?.[1];
        if (url) resolve(url);
      });
  });
  const timer = setTimeout(endWithUs, START_LIMIT_MS);
  const baseUrl = await Promise.race([ready, ended.then(() => undefined)]);
  clearTimeout(timer);
  if (baseUrl === undefined) throw new Error(`the server did not start:\n${output}`);
  return {
    baseUrl,
    pid: child.pid ?? 0,
    output: () => output,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
