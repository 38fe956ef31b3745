import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { DatabaseAddress } from '@moothall/store';
import { createDatabase } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort, makeFolder, startServer } from './started-server.ts';

let folder: { path: string; remove(): Promise<void> };
beforeAll(async () => {
  folder = await makeFolder('refusals');
});
afterAll(() => folder.remove());

function urlOf(address: DatabaseAddress): string {
  if ('connectionString' in address) return address.connectionString;
  const { host, port, user, database } = address;
  return `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}

const data = (name: string) => ['--data', join(folder.path, name), '--no-demo'];

async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
  const started = startServer([...args, '--host', '127.0.0.1'], { env });
  return started.then(
    async (server) => {
      await server.end('SIGTERM');
      return 'it started';
    },
    (error: unknown) => (error as Error).message,
  );
}

describe('a start that cannot succeed', () => {
  it('names a port that is taken, without a stack', async () => {
    const port = await freePort();
    const holder = createServer().listen(port, '127.0.0.1');
    const output = await refusal([...data('port'), '--port', String(port)]);
    holder.close();
    expect(output).toContain(`MOOT_PORT (--port): 127.0.0.1:${port} is in use`);
    expect(output).not.toContain('    at ');
  }, 120_000);

  it('names a database that cannot be reached, and never its password', async () => {
    const url = `postgres://moot:hidden-word@127.0.0.1:${await freePort()}/moot`;
    const output = await refusal([...data('database'), '--port', '0'], { MOOT_DATABASE_URL: url });
    expect(output).toContain('MOOT_DATABASE_URL: the database cannot be used: connect ECONNREFUSED');
    expect(output).not.toContain('    at ');
    expect(output).not.toContain('hidden-word');
  }, 120_000);
});

describe('a process that is told to use NATS', () => {
  it('does not start without it, and never says the password', async () => {
    const database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
    const output = await refusal([...data('nats'), '--port', '0', '--services', 'worker'], {
      MOOT_DATABASE_URL: urlOf(database.address),
      MOOT_NATS_URL: `nats://moot:hidden-word@127.0.0.1:${await freePort()}`,
      MOOT_SECRET_KEY: 'a key for these tests',
    });
    await database.drop();
    expect(output).toContain('MOOT_NATS_URL: the NATS server cannot be used: connection refused');
    expect(output).not.toContain('    at ');
    expect(output).not.toContain('hidden-word');
  }, 120_000);
});

describe('a server with a public URL', () => {
  it('tells local commands the address on this machine, and takes it back', async () => {
    const publicUrl = 'https://moot.test';
    const server = await startServer([...data('public'), '--port', '0', '--public-url', publicUrl]);
    const file = join(folder.path, 'public', 'server.json');
    const told = JSON.parse(readFileSync(file, 'utf8')) as { baseUrl: string; publicUrl: string };
    expect(server.baseUrl).toBe(publicUrl);
    expect(told.publicUrl).toBe(publicUrl);
    expect(server.output()).toContain(`Listens on     ${told.baseUrl}\n`);
    expect((await fetch(`${told.baseUrl}/readyz`)).status).toBe(200);
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(() => readFileSync(file)).toThrow('ENOENT');
  }, 120_000);
});
