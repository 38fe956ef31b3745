import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { vi } from 'vitest';

const PASSWORD = 'a hidden:word';
const PLACES = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'];

/** Where NATS is installed, by Debian or by hand; undefined where it is not. */
export const natsBinary = PLACES.find((path) => existsSync(path));

/** A port of the loopback that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isOpen;
}

/** Starts the real server with a user and a password. Call `endNats` on what it gives. */
export async function startNatsServer(port: number): Promise<ChildProcess> {
  const args = ['-a', '127.0.0.1', '-p', String(port), '--user', 'moot', '--pass', PASSWORD];
  const server = spawn(natsBinary!, args, { stdio: 'ignore' });
  await vi.waitFor(
    async () => {
      if (!(await answers(port))) throw new Error('NATS does not answer');
    },
    { timeout: 30_000 },
  );
  return server;
}

/** Kills the server, as a power cut does. */
export async function endNats(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

/** Its address, with user and password. */
export const natsUrlOf = (port: number): string =>
  `nats://moot:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
