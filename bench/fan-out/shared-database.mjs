import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, NO_LIMITS, startServer, temporaryFolder } from '../processes.mjs';

const NATS = '/usr/sbin/nats-server';
const POSTGRES = '/usr/lib/postgresql';

function postgresBinaries() {
  const versions = existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
  if (versions.length === 0 || !existsSync(NATS))
    throw new Error('apt-get install --no-install-recommends postgresql nats-server');
  return join(POSTGRES, versions.sort((one, other) => Number(one) - Number(other)).at(-1), 'bin');
}

/** PostgreSQL refuses root. */
function asPostgres(command, args) {
  const [program, all] =
    process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
  const { status, stderr } = spawnSync(program, all, {
    cwd: '/',
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}

async function startPostgres(folder) {
  const binaries = postgresBinaries();
  const port = await freePort();
  if (process.getuid() === 0) {
    const id = Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout);
    chownSync(folder, id, id);
  }
  asPostgres(join(binaries, 'initdb'), [
    '-D',
    join(folder, 'cluster'),
    '-U',
    'postgres',
    '--auth=trust',
    '-E',
    'UTF8',
  ]);
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
  const control = (...args) =>
    asPostgres(join(binaries, 'pg_ctl'), ['-D', join(folder, 'cluster'), '-w', ...args]);
  control('-l', join(folder, 'log'), '-o', options, 'start');
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop: () => control('-m', 'fast', 'stop') };
}

async function startNats() {
  const port = await freePort();
  const child = spawn(NATS, ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  return { url: `nats://127.0.0.1:${port}`, stop: () => child.kill('SIGTERM') };
}

/** Two production processes over Debian's PostgreSQL, woken by NATS, with a world. The first one does everything. */
export async function startShared(world) {
  const folder = temporaryFolder();
  const postgres = await startPostgres(folder.data);
  const nats = await startNats();
  const file = join(folder.parent, 'world.json');
  writeFileSync(file, JSON.stringify(world));
  const env = {
    MOOT_DATABASE_URL: postgres.url,
    MOOT_NATS_URL: nats.url,
    MOOT_SECRET_KEY: 'a secret key for a benchmark of several processes',
    MOOT_LIMITS: `${NO_LIMITS},registration.per_person=10000`,
  };
  const data = (name) => ['--data', join(folder.parent, name)];
  const lab = await startServer([...data('lab'), '--world', file], env);
  await lab.stop();
  const start = async (name, services) => {
    const port = String(await freePort());
    const where = ['--port', port, '--public-url', `http://127.0.0.1:${port}`];
    return startServer(['--mode', 'production', ...where, ...data(name), '--services', services], env);
  };
  const servers = [await start('first', 'api,realtime,worker'), await start('second', 'api,realtime')];
  return {
    servers,
    async stop() {
      for (const server of servers) await server.stop();
      nats.stop();
      postgres.stop();
      folder.remove();
    },
  };
}
