import type { ChildProcess } from 'node:child_process';
import { endNats, freePort, natsBinary, natsUrlOf, startNatsServer } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listener } from './listen.ts';
import { NatsUnavailable, natsOptions, startNats } from './nats.ts';
import type { Store } from './store.ts';
import { openTestStore, type TestStore } from './test-store.ts';

const PASSWORD = 'a hidden:word';

describe('a URL of NATS', () => {
  it('gives a user with a password, or a token, and asks for TLS', () => {
    expect(natsOptions(natsUrlOf(4333))).toMatchObject({
      servers: '127.0.0.1:4333',
      user: 'moot',
      pass: PASSWORD,
    });
    expect(natsOptions('tls://secret@nats.example')).toMatchObject({
      servers: 'nats.example',
      token: 'secret',
      tls: {},
    });
    expect(natsOptions('nats://nats.example')).not.toHaveProperty('tls');
  });
});

describe.skipIf(natsBinary === undefined)(
  'processes over NATS (needs nats-server: apt-get install it)',
  () => {
    let test: TestStore;
    let other: TestStore;
    let stores: [Store, Store];
    let port: number;
    let server: ChildProcess;
    const listeners: Listener[] = [];
    const errors: unknown[] = [];
    const heard: string[] = [];

    const start = async (store: Store) => {
      const listener = await startNats(store, natsUrlOf(port), (error) => errors.push(error));
      listeners.push(listener);
      return listener;
    };

    beforeAll(async () => {
      test = await openTestStore();
      other = await openTestStore();
      stores = [test.another({ notify: true }), test.another({ notify: true })];
      port = await freePort();
      server = await startNatsServer(port);
      for (const store of [...stores, other.store]) await start(store);
      for (const topic of ['event', 'event:rooms', 'job:mail', 'lab'])
        stores[1].signals.subscribe(topic, () => heard.push(topic));
    });
    afterAll(async () => {
      await Promise.all(listeners.map((listener) => listener.stop()));
      await endNats(server);
      await test.close();
      await other.close();
    });

    const commit = (store: Store) =>
      store.tx(async (tx) => {
        tx.emit({ resource: 'rooms', event: 'created', dataId: 'x', data: {} });
        tx.enqueue({ queue: 'mail', payload: {} });
      });

    it('wake each other within milliseconds, and nobody of another database', async () => {
      await commit(stores[0]);
      await expect.poll(() => heard).toContain('job:mail');
      let strangers = 0;
      other.store.signals.subscribe('event', () => {
        strangers += 1;
      });
      const delays: number[] = [];
      for (let round = 0; round < 20; round++) {
        const woken = new Promise<void>((resolve) => {
          const leave = stores[1].signals.subscribe('event:rooms', () => {
            leave();
            resolve();
          });
        });
        await commit(stores[0]);
        const before = performance.now();
        await woken;
        delays.push(performance.now() - before);
      }
      expect(delays.sort((a, b) => a - b)[10]).toBeLessThan(20);
      expect(strangers).toBe(0);
    });

    it('send the topics of one turn once', async () => {
      heard.length = 0;
      for (let index = 0; index < 5; index++) await stores[0].others.afterStatement(['event']);
      stores[0].others.afterTransaction(['event', 'lab']);
      await stores[0].others.afterStatement(['job:mail']);
      await expect.poll(() => heard).toContain('job:mail');
      expect(heard).toEqual(['event', 'job:mail']);
    });

    it('do not use NOTIFY meanwhile, and use it again afterwards', async () => {
      const store = test.another({ notify: true });
      expect(store.others.hearNotify()).toBe(true);
      const listener = await start(store);
      expect(store.others.hearNotify()).toBe(false);
      await listener.stop();
      expect(store.others.hearNotify()).toBe(true);
      expect(store.shared).toBe(true);
    });

    it('go on after NATS was away, which is told once to each and harms no commit', async () => {
      errors.length = 0;
      await endNats(server);
      await expect.poll(() => errors.length).toBe(3);
      expect(String(errors[0])).not.toContain('hidden');
      await commit(stores[0]);
      server = await startNatsServer(port);
      heard.length = 0;
      await expect.poll(async () => (await commit(stores[0])) ?? heard.includes('event:rooms')).toBe(true);
      expect(errors.filter((error) => error instanceof NatsUnavailable)).toHaveLength(3);
    }, 120_000);

    it('do not start without it, or with a wrong password', async () => {
      const away = startNats(stores[0], `nats://127.0.0.1:${await freePort()}`, () => {});
      await expect(away).rejects.toThrow(NatsUnavailable);
      const refused = startNats(stores[0], `nats://moot:wrong@127.0.0.1:${port}`, () => {});
      await expect(refused).rejects.toThrow(NatsUnavailable);
      expect(stores[0].others.hearNotify()).toBe(false);
    });
  },
);
