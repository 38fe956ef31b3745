import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes.mjs';

/** Domain of the peers' accounts, and of their rooms. */
export const domain = 'bench.test';

const asUser = (user) =>
  process.getuid() === 0
    ? { command: 'runuser', prefix: ['-u', user, '--'] }
    : { command: 'env', prefix: [] };

/** A folder that the peer's own user may write to. */
function folderOf(name) {
  const folder = mkdtempSync(join(tmpdir(), `moot-${name}-`));
  mkdirSync(join(folder, 'data'));
  for (const path of [folder, join(folder, 'data')]) chmodSync(path, 0o777);
  return folder;
}

async function accepts(port, child) {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const isOpen = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      setTimeout(() => socket.destroy(), 50);
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not listen within 20 s');
}

async function startPeer({ user, args, env, folder, port }) {
  const { command, prefix } = asUser(user);
  const child = spawn(command, [...prefix, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await accepts(port, child);
  return {
    port,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-child.pid, 'SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian's prosody with the history of rooms on. */
export async function startProsody() {
  const folder = folderOf('prosody');
  const port = await freePort();
  const config = `
    data_path = "${folder}/data"
    log = { error = "*console" }
    modules_enabled = { "roster", "saslauth", "disco" }
    modules_disabled = { "s2s", "tls" }
    interfaces = { "127.0.0.1" }
    c2s_ports = { ${port} }
    s2s_ports = {}
    c2s_require_encryption = false
    allow_unencrypted_plain_auth = true
    archive_cleanup_interval = 86400
    VirtualHost "${domain}"
      authentication = "anonymous"
    Component "rooms.${domain}" "muc"
      modules_enabled = { "muc_mam" }
      muc_room_locking = false
      muc_log_by_default = true
      muc_log_all_rooms = true
  `;
  writeFileSync(join(folder, 'prosody.cfg.lua'), config);
  const args = ['prosody', '--config', join(folder, 'prosody.cfg.lua'), '-F'];
  return startPeer({ user: 'prosody', args, folder, port });
}

/** Debian's ejabberd with the history of rooms on. */
export async function startEjabberd() {
  const folder = folderOf('ejabberd');
  const port = await freePort();
  const config = `
hosts: [${domain}]
loglevel: none
auth_method: anonymous
anonymous_protocol: sasl_anon
allow_multiple_connections: true
listen:
  - {port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 262144, shaper: none, access: all}
shaper_rules: {max_user_offline_messages: infinity, max_user_sessions: infinity}
modules:
  mod_disco: {}
  mod_mam: {default: always, db_type: mnesia, assume_mam_usage: true}
  mod_muc:
    host: rooms.${domain}
    access: all
    access_create: all
    max_users: 5000
    default_room_options: {mam: true, max_users: 5000}
`;
  writeFileSync(join(folder, 'ejabberd.yml'), config);
  const args = [
    'erl',
    ...['-noinput', '-sname', `moot${port}`, '-mnesia', 'dir', `"${folder}/data"`, '-s', 'ejabberd'],
  ];
  const env = {
    HOME: folder,
    ERL_LIBS: '/usr/lib/x86_64-linux-gnu',
    EJABBERD_CONFIG_PATH: join(folder, 'ejabberd.yml'),
    EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
  };
  return startPeer({ user: 'ejabberd', args, env, folder, port });
}
