import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const waitTimeoutMs = 20_000;
const runTimeoutMs = 120_000;
const stopTimeoutMs = 5_000;

/** A line that a client's script prints: what it did or saw. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads the fields that its own script printed
export type Sight = { step: string } & Record<string, any>;

/** A client that runs in a Node process of its own, with its own packages. */
export interface ClientProcess {
  /** The next line with this step that was not taken yet; throws with the output when none comes in 20 s. */
  next(step: string): Promise<Sight>;
  /** All lines with this step so far. */
  seen(step: string): Sight[];
  /** Waits for the end, up to 2 min. Returns all lines; throws with the output unless it exits with 0. */
  finished(): Promise<Sight[]>;
  /** Ends it by SIGTERM, and waits. Throws as `finished` does. */
  stop(): Promise<Sight[]>;
}

/**
 * Runs a script of a client's folder.
 * @param client folder below tests/clients
 * @param environment beside PATH and HOME all that the script sees
 * @param within words before its command line, such as those of a private network
 */
export function startClient(
  client: string,
  script: string,
  environment: Record<string, string>,
  within: readonly string[] = [],
): ClientProcess {
  const folder = fileURLToPath(new URL(client, import.meta.url));
  if (!existsSync(join(folder, 'node_modules')))
    throw new Error(`the packages of this client are missing; run: npm ci --prefix tests/clients/${client}`);
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...environment };
  const [command = '', ...words] = [...within, process.execPath, join(folder, script)];
  const child = spawn(command, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Watched(client, child);
}

class Watched implements ClientProcess {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #sights: Sight[] = [];
  readonly #taken = new Set<Sight>();
  #output = '';
  #isClosed = false;
  #wake = () => {};

  constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
    process.once('exit', () => child.kill('SIGKILL'));
    this.#closed = once(child, 'close').then(() => {
      this.#isClosed = true;
      this.#wake();
    });
    let rest = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('{"step":')) this.#sights.push(JSON.parse(line));
      this.#wake();
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
  }

  async next(step: string): Promise<Sight> {
    const deadlineMs = performance.now() + waitTimeoutMs;
    for (;;) {
      const found = this.#sights.find((sight) => sight.step === step && !this.#taken.has(sight));
      if (found) {
        this.#taken.add(found);
        return found;
      }
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0 || this.#isClosed) throw this.#error(`printed no '${step}'`);
      await this.#change(leftMs);
    }
  }

  seen(step: string): Sight[] {
    return this.#sights.filter((sight) => sight.step === step);
  }

  async finished(): Promise<Sight[]> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), runTimeoutMs);
    await this.#closed;
    clearTimeout(timer);
    if (this.#child.exitCode !== 0)
      throw this.#error(`ended with ${this.#child.exitCode ?? this.#child.signalCode}`);
    return this.#sights;
  }

  async stop(): Promise<Sight[]> {
    if (!this.#isClosed) this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), stopTimeoutMs);
    await this.#closed;
    clearTimeout(timer);
    return this.finished();
  }

  #change(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #error(what: string): Error {
    return new Error(`${this.#name} ${what}:\n${this.#output.slice(-6000)}`);
  }
}
