import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import type { Listener } from './listen.ts';
import type { Store } from './store.ts';

const CONNECT_TIMEOUT_MS = 5000;
const RECONNECT_MS = 500;

/** The NATS server of the configuration cannot be used; the message says why, without the URL. */
export class NatsUnavailable extends Error {
  override readonly name = 'NatsUnavailable';
}

/**
 * How to connect by a URL `nats://` or `tls://` with `user:password@` or `token@` before the host.
 * @throws TypeError, URIError when it is none
 */
export function natsOptions(text: string): ConnectionOptions {
  const url = new URL(text);
  const [name, password] = [url.username, url.password].map(decodeURIComponent) as [string, string];
  return {
    servers: url.host,
    name: 'moothall',
    ...(password ? { user: name, pass: password } : name && { token: name }),
    ...(url.protocol === 'tls:' && { tls: {} }),
    noEcho: true,
    timeout: CONNECT_TIMEOUT_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_MS,
    ignoreAuthErrorAbort: true,
  };
}

/** A subject for all processes of one database, and of no other that shares the NATS server. */
async function subjectOf({ pool }: Pick<Store, 'pool'>): Promise<string> {
  const { rows } = await pool.query<{ identity: string }>(
    `select system_identifier || '/' || (select oid from pg_database where datname = current_database()) as identity
     from pg_control_system()`,
  );
  return `moothall.wake.${createHash('sha256').update(rows[0]!.identity).digest('hex').slice(0, 32)}`;
}

const isWakeUp = (topic: string) => topic === 'event' || /^(event|job):/.test(topic);

/**
 * Wakes the other processes of the database through NATS instead of NOTIFY, and is woken by them. Topics go out
 * after the commit, those of one turn together. When NATS is away wake-ups are lost, which the polls behind
 * every signal make good; the connection is made anew for ever.
 * @throws NatsUnavailable when NATS cannot be reached at the start
 */
export async function startNats(
  store: Pick<Store, 'pool' | 'signals' | 'others'>,
  url: string,
  onError: (error: unknown) => void,
): Promise<Listener> {
  // Only who is configured for it loads it.
  const { connect } = await import('@nats-io/transport-node');
  const subject = await subjectOf(store);
  const options = natsOptions(url);
  let connection: NatsConnection;
  let isConnected = true;
  let stopped = false;
  let topics = new Set<string>();

  function publish(): void {
    const payload = [...topics].join('\n');
    topics = new Set();
    if (!isConnected) return;
    try {
      connection.publish(subject, payload);
    } catch (error) {
      onError(error);
    }
  }

  function tell(more: readonly string[]): void {
    if (topics.size === 0) setImmediate(publish);
    for (const topic of more) topics.add(topic);
  }

  function hear(next: NatsConnection): void {
    connection = next;
    isConnected = true;
    next.subscribe(subject, {
      callback(error, message) {
        if (error) return onError(error);
        for (const topic of message.string().split('\n')) if (isWakeUp(topic)) store.signals.emit(topic);
      },
    });
  }

  async function watch(): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') isConnected = true;
      if (type !== 'disconnect') continue;
      isConnected = false;
      if (!stopped)
        onError(new NatsUnavailable('NATS is away: until it is back, processes find work by polling'));
    }
  }

  /** Lives through what ends a connection for good. */
  async function run(): Promise<void> {
    while (!stopped) {
      await Promise.all([watch(), connection.closed()]);
      isConnected = false;
      while (!stopped && !isConnected) {
        await sleep(RECONNECT_MS);
        await connect(options).then(hear, onError);
      }
    }
    await connection.close();
  }

  hear(
    await connect(options).catch((error: unknown) => {
      throw new NatsUnavailable((error as Error).message, { cause: error });
    }),
  );
  const leave = store.others.hearBy(tell);
  const running = run();
  return {
    async stop() {
      stopped = true;
      leave();
      await connection.close();
      await running;
    },
  };
}
