import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ApiClient, apiClient } from '@moothall/testkit';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const worldFile = fileURLToPath(new URL('world.yaml', import.meta.url));
// A fresh checkout is installed and built by the start.
const startTimeoutMs = 120_000;
const stopTimeoutMs = 12_000;

type Account = { key: string; email: string; displayName: string; token?: string };

/** An integration of the world, as its owner knows it. */
export type Integration = { clientId: string; clientSecret: string; redirectUris: string[] };

/** The product in a process of its own, as `npm start` runs it, with the world of `world.yaml`. */
export interface RunningServer {
  /** Without a slash at its end. */
  baseUrl: string;
  /** Person or bot by its key; throws for an unknown one. */
  account(key: string): Account;
  /** The literal token of a person or bot. */
  token(key: string): string;
  /** An integration by its key. */
  integration(key: string): Integration;
  /** Bearer key of the lab. */
  labKey: string;
  /** REST as a person or bot. */
  api(key: string): ApiClient;
  /** Kills it by SIGKILL and starts it again over the same folder, at the same address. */
  restart(): Promise<void>;
  /** Ends it by SIGTERM; throws unless it exits with 0 and has logged no error. */
  stop(): Promise<void>;
}

/** Where and over what a server starts. */
export type Surroundings = {
  /** Words before its command line, such as those of a private network; `api` does not reach it there. */
  within?: readonly string[];
  /** Done with its data folder before the start. */
  prepare?: (dataDir: string) => Promise<void>;
};

/**
 * Starts `scripts/start.mjs` on a free port and an empty data folder, and waits for its `ready` line.
 * @param flags further ones of the command, such as `--behaviour cloud`
 */
export async function startServer(
  flags: readonly string[] = [],
  { within = [], prepare }: Surroundings = {},
): Promise<RunningServer> {
  const { accounts, integrations } = await readWorld();
  const labKey = randomUUID();
  const folder = await mkdtemp(join(tmpdir(), 'moot-clients-'));
  // Run as root the database has another user id, which must get through.
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  await prepare?.(data);
  const [command = '', ...words] = [...within, process.execPath, join(root, 'scripts', 'start.mjs')];
  const args = [...words, '--data', data, '--world', worldFile, '--no-demo', ...flags];
  const launch = async (port: number) => {
    const launched = spawn(command, [...args, '--port', String(port)], {
      cwd: root,
      env: { ...ownEnvironment(), MOOT_LAB_KEY: labKey },
      stdio: 'pipe',
    });
    process.once('exit', () => launched.kill('SIGKILL'));
    const said = collect(launched);
    const url = await untilReady(launched, said).catch((error: unknown) => {
      launched.kill('SIGKILL');
      throw error;
    });
    return { child: launched, output: said, baseUrl: url };
  };
  let running = await launch(0).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const { baseUrl } = running;
  const account = (key: string) => {
    const found = accounts.get(key);
    if (!found) throw new Error(`no account '${key}' in world.yaml`);
    return found;
  };
  const token = (key: string) => account(key).token ?? '';
  return {
    baseUrl,
    account,
    token,
    integration(key) {
      const found = integrations.get(key);
      if (!found) throw new Error(`no integration '${key}' in world.yaml`);
      return found;
    },
    labKey,
    api: (key) => apiClient(baseUrl, token(key)),
    async restart() {
      const closed = once(running.child, 'close');
      running.child.kill('SIGKILL');
      await closed;
      running = await launch(Number(new URL(baseUrl).port));
    },
    async stop() {
      const { child, output } = running;
      const code = await endChild(child);
      await rm(folder, { recursive: true, force: true });
      const errors = output.text.split('\n').filter(isLoggedError);
      if (code !== 0 || errors.length > 0)
        throw new Error(`the server ended with ${code}:\n${errors.join('\n') || output.text.slice(-4000)}`);
    },
  };
}

async function readWorld() {
  const world = parse(await readFile(worldFile, 'utf8'));
  const accounts = new Map<string, Account>();
  const integrations = new Map<string, Integration>();
  for (const { id, people = [], apps = [] } of world.orgs) {
    const add = (account: Account) =>
      accounts.set(account.key, {
        ...account,
        ...(account.token && { token: account.token.replace('<org>', id) }),
      });
    for (const { key, email, displayName, tokens } of people)
      add({ key, email, displayName, token: tokens[0].token });
    for (const { key, username, name, token } of apps)
      if (username) add({ key, email: `${username}@webex.bot`, displayName: name, token });
    for (const { key, type, clientId, clientSecret, redirectUris } of apps)
      if (type === 'integration') integrations.set(key, { clientId, clientSecret, redirectUris });
  }
  return { accounts, integrations };
}

/** Settings of the test run must not reach the server. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(MOOT_|VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name)),
  );
}

function collect(child: ChildProcess): { text: string } {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output.text += text;
    });
  return output;
}

async function untilReady(child: ChildProcess, output: { text: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`was not ready within ${startTimeoutMs} ms`), startTimeoutMs);
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`the server ${why}:\n${output.text}`));
    };
    child.once('error', (error) => fail(`did not start (${error.message})`));
    child.once('close', (code) => fail(`ended with ${code}`));
    child.stdout?.on('data', () => {
      const ready = /^ready (\S+)$/m.exec(output.text)?.[1];
      if (!ready) return;
      clearTimeout(timer);
      resolve(ready);
    });
  });
}

async function endChild(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await closed;
  clearTimeout(timer);
  return child.exitCode;
}

/** A log line of level error or above: background work that failed, or a reply of 5xx that is no plain 501. */
function isLoggedError(line: string): boolean {
  return /^\{"level":[56]0,/.test(line) && !line.includes('"cause":"operation.not_built"');
}
