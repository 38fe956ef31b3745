import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const names = ['prometheus-alertmanager', 'alertmanager'];
const startTimeoutMs = 10_000;

/** A running Alertmanager whose only receiver is a room. */
export interface Alertmanager {
  /** Reports alerts the way that Prometheus does. */
  report(alerts: { labels: Record<string, string>; annotations?: object; endsAt?: string }[]): Promise<void>;
  stop(): Promise<void>;
}

/** The program's name and version where it is installed. */
export function findAlertmanager(): { program: string; version: string } | undefined {
  for (const program of names) {
    const { stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    const version = /version (\d[\d.]*)/.exec(`${stdout}${stderr}`)?.[1];
    if (version) return { program, version };
  }
  return undefined;
}

/** Starts it with a receiver for a room. Alerts are sent at once, and when they end. */
export async function startAlertmanager(
  program: string,
  target: { apiUrl: string; token: string; roomId: string },
): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'moot-alertmanager-'));
  const configuration = join(folder, 'alertmanager.yml');
  // JSON is YAML.
  await writeFile(configuration, JSON.stringify(configurationFor(target)));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [
    `--config.file=${configuration}`,
    `--storage.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    '--cluster.listen-address=',
  ];
  const child = spawn(program, args, { stdio: 'ignore' });
  const stop = async () => {
    await endChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  await untilReady(`http://${address}/-/ready`).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    stop,
    async report(alerts) {
      const response = await fetch(`http://${address}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts),
      });
      if (!response.ok) throw new Error(`Alertmanager answered ${response.status}: ${await response.text()}`);
    },
  };
}

function configurationFor({ apiUrl, token, roomId }: { apiUrl: string; token: string; roomId: string }) {
  const receiver = {
    api_url: apiUrl,
    room_id: roomId,
    send_resolved: true,
    http_config: { authorization: { credentials: token } },
  };
  const waits = { group_wait: '0s', group_interval: '1s', repeat_interval: '1h' };
  return {
    route: { receiver: 'room', group_by: ['alertname'], ...waits },
    receivers: [{ name: 'room', webex_configs: [receiver] }],
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(url: string): Promise<void> {
  const deadlineMs = performance.now() + startTimeoutMs;
  while (performance.now() < deadlineMs) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Alertmanager was not ready within ${startTimeoutMs} ms`);
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await closed;
  clearTimeout(timer);
}
