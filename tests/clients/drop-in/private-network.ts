import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A network in which there is nothing but the loopback, with a hosts file of its own. */
export interface PrivateNetwork {
  /** Words before a command line that run it inside; its working directory is then `/`. */
  within: readonly string[];
  /** Ends it; what runs inside must have ended. */
  close(): Promise<void>;
}

const namespaces = ['--mount', '--net'] as const;

/** Why there can be none here, such as a missing right or tool; undefined where there can. */
export function whyNoPrivateNetwork(): string | undefined {
  try {
    const script = 'ip link set lo up && mount --bind /dev/null /etc/hosts';
    execFileSync('unshare', [...namespaces, 'sh', '-c', script], { stdio: 'pipe' });
    execFileSync('nsenter', ['--version'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer };
    const said = stderr?.toString().trim() || message;
    return `no private network, which takes Linux, root, unshare, nsenter, mount and ip: ${said}`;
  }
}

/** Opens one with these lines in its hosts file. */
export async function openPrivateNetwork(hosts: string): Promise<PrivateNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'moot-hosts-'));
  const file = join(folder, 'hosts');
  await writeFile(file, `127.0.0.1 localhost\n${hosts}`);
  // It lives as long as somebody holds its standard input, so that nothing is left of it when this process dies.
  const script = 'ip link set lo up && mount --bind "$0" /etc/hosts && echo open && exec cat';
  const keeper = spawn('unshare', [...namespaces, 'sh', '-c', script, file], { stdio: 'pipe' });
  const closed = once(keeper, 'close');
  const [said] = await Promise.race([once(keeper.stdout, 'data'), closed]);
  if (String(said) !== 'open\n') throw new Error(`the private network did not open: ${String(said)}`);
  return {
    within: ['nsenter', '--target', String(keeper.pid), ...namespaces],
    async close() {
      keeper.stdin.end();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
