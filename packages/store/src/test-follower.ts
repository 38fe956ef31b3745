import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { FollowedEvent } from './followed-event.ts';
import { type Follower, type FollowerSpec, startFollower } from './follower.ts';
import type { Store } from './store.ts';
import { openTestStore, type TestStore } from './test-store.ts';

/** What a batch consists of. */
export type Batch = { id: string; roomId?: string | undefined }[];

/** A transaction that a test holds open; it has its id already. */
export type OpenTransaction = { client: pg.PoolClient; write(id: string): Promise<void> };

/** A store on a database of its own, whose events are followed; a test has a resource for itself. */
export interface FollowerKit {
  readonly test: TestStore;
  readonly store: Store;
  readonly resource: string;
  /** What followers reported in this test. */
  readonly errors: unknown[];
  /** Starts a follower of the resource that notes what it gets. */
  follow(seen: FollowedEvent[], spec?: Partial<FollowerSpec>, on?: Store): Promise<Follower>;
  /** Commits one event in a transaction of its own. */
  emit(id: string, of?: string, roomId?: string): Promise<void>;
  /** Commits a batch as the group commit of messages does, and gives it to followers. @returns its transaction */
  postBatch(batch: Batch): Promise<string>;
  begin(): Promise<OpenTransaction>;
  end(transaction: OpenTransaction, how?: 'commit' | 'rollback'): Promise<void>;
}

/** Resolves after so many real milliseconds. */
export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What events are about, in their order. */
export const idsOf = (events: readonly FollowedEvent[]) => events.map(({ dataId }) => dataId);

/** Waits until a follower takes batches: its first read has ended, and nothing is unread. */
export async function settle(follower: Follower): Promise<void> {
  await follower.caughtUp();
  await sleep(10);
}

const INSERT = `insert into event (at, resource, event, data_id, data, room_id)
  select $1, $2, 'created', id, jsonb_build_object('id', id), room::uuid
  from rows from (unnest($3::text[]), unnest($4::text[])) with ordinality as row (id, room, number) order by number
  returning tx::text, seq, data_id as id`;

type Place = { tx: string; seq: number; id: string };

function insertBatch(client: pg.PoolClient | Store['pool'], kit: FollowerKit, batch: Batch, at: Date) {
  const ids = batch.map(({ id }) => id);
  const rooms = batch.map(({ roomId }) => roomId ?? null);
  const values = [at, kit.resource, ids, rooms];
  return (client as pg.PoolClient).query<Place>(INSERT, values);
}

/** The kit of one test file; registers what opens and closes it. */
export function useFollowers(): FollowerKit {
  let test: TestStore;
  let count = 0;
  let followers: Follower[] = [];
  const open = new Set<pg.PoolClient>();
  let errors: unknown[] = [];

  beforeAll(async () => {
    test = await openTestStore();
  });
  beforeEach(() => {
    count += 1;
    errors = [];
  });
  afterEach(async () => {
    await Promise.all(followers.map((follower) => follower.stop()));
    followers = [];
    for (const client of open) client.release(true);
    open.clear();
  });
  afterAll(() => test.close());

  const kit: FollowerKit = {
    get test() {
      return test;
    },
    get store() {
      return test.store;
    },
    get resource() {
      return `r${count}`;
    },
    get errors() {
      return errors;
    },
    async follow(seen, spec = {}, on = test.store) {
      const handle = (events: readonly FollowedEvent[]) => void seen.push(...events);
      const onError = (error: unknown) => errors.push(error);
      const follower = await startFollower(on, { resources: [kit.resource], handle, ...spec }, onError);
      followers.push(follower);
      return follower;
    },
    emit: (id, of = kit.resource, roomId) =>
      test.store.tx(async (tx) => {
        tx.emit({ resource: of, event: 'created', dataId: id, data: { id }, roomId });
      }),
    async postBatch(batch) {
      const { resource } = kit;
      const at = test.clock.now();
      const { rows } = await insertBatch(test.store.pool, kit, batch, at);
      const none = { orgId: null, actorId: null, appId: null, traceId: null };
      const of = { ...none, at, resource, event: 'created' };
      const events = rows.map(({ tx, seq, id }, index): FollowedEvent => {
        const roomId = batch[index]!.roomId ?? null;
        return { ...of, tx, seq, roomId, dataId: id, data: { id }, content: id };
      });
      const { tx } = rows[0]!;
      test.store.handoff.give(events);
      for (const topic of ['event', `event:${resource}`]) test.store.signals.emit(topic, tx);
      return tx;
    },
    async begin() {
      const client = await test.store.pool.connect();
      open.add(client);
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
      return {
        client,
        write: async (id) => void (await insertBatch(client, kit, [{ id }], test.clock.now())),
      };
    },
    async end({ client }, how = 'commit') {
      await client.query(how);
      open.delete(client);
      client.release();
    },
  };
  return kit;
}
