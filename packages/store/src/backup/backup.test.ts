import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createIds, createWorldClock } from '@moothall/core';
import { inDatabase } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { folderBlobs } from '../blobs/index.ts';
import { kernelMigrations } from '../kernel-migrations.ts';
import { type Migration, migrate } from '../migrator.ts';
import { type DatabaseAddress, ReopenablePool } from '../pool.ts';
import { startReader } from '../reader.ts';
import { openStore, type Store } from '../store.ts';
import { startWorker } from '../test-store.ts';
import { BackupRefused, keyOfBackup, openBackup, restoreBackup, writeBackup } from './index.ts';

const server = JSON.parse(inject('testServer')) as DatabaseAddress;
const clock = createWorldClock({ offsetMs: 0, frozenAtMs: 1_790_000_000_000 });
const ids = createIds(clock.nowMs, randomBytes);
const noteSteps: Migration[] = [
  {
    name: '202611220001_notes_create',
    phase: 'expand',
    sql: `create table shelf (id uuid primary key);
          create table note (
            number integer generated always as identity primary key, shelf_id uuid not null references shelf,
            body text not null, length integer generated always as (length(body)) stored, at timestamptz not null);`,
  },
];
const nextStep: Migration = {
  name: '203001010000_notes_add_title',
  phase: 'expand',
  sql: 'alter table note add title text; update note set title = upper(body);',
};
const migrations = [...kernelMigrations, ...noteSteps];
const TAR_HEADER_BYTES = 512;
const SECRET_KEY = 'a key for tests only';

let scratch: string;
let source: Store;
const opened: Store[] = [];
const databases: string[] = [];

async function onServer(sql: string): Promise<void> {
  const pool = new ReopenablePool(server, { maxConnections: 1, statementTimeoutMs: 60_000 });
  try {
    await pool.query(sql);
  } finally {
    await pool.end();
  }
}

async function emptyDatabase(): Promise<DatabaseAddress> {
  const name = `moot_backup_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name} template template0`);
  databases.push(name);
  return inDatabase(server, name);
}

function openAt(address: DatabaseAddress): Store {
  const store = openStore({ address, clock, ids });
  opened.push(store);
  return store;
}

const blobs = () => folderBlobs(join(scratch, 'blobs'));

async function backUp(extra: { target?: string; includeSecretKey?: boolean } = {}): Promise<string> {
  const target = extra.target ?? join(scratch, `${randomUUID()}.tar`);
  const request = { database: source.pool.address, blobs: blobs(), createdAt: clock.now() };
  await writeBackup({ ...request, secretKey: SECRET_KEY, ...extra, target });
  return target;
}

async function restore(
  from: string,
  steps = migrations,
): Promise<{ store: Store; address: DatabaseAddress }> {
  const address = await emptyDatabase();
  const backup = await openBackup(from, join(scratch, 'unpacked-'));
  const into = folderBlobs(join(scratch, `blobs-${randomUUID()}`));
  try {
    await restoreBackup(backup, { database: address, blobs: into, migrations: steps });
  } finally {
    await backup.close();
  }
  return { store: openAt(address), address };
}

async function countTables(address: DatabaseAddress): Promise<number> {
  const store = openAt(address);
  const { rows } = await store.pool.query(
    "select 1 from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  return rows.length;
}

const emitted = (note: string) => ({ resource: 'notes', event: 'created', dataId: note, data: { note } });

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'moot-backup-'));
  source = openAt(await emptyDatabase());
  await migrate(source.pool, migrations);
  const shelf = randomUUID();
  await source.pool.query('insert into shelf values ($1)', [shelf]);
  for (const body of ['tab\there', 'line\nbreak', 'back\\slash', 'ünï 🎈']) {
    await source.pool.query('insert into note (shelf_id, body, at) values ($1, $2, $3)', [
      shelf,
      body,
      clock.now(),
    ]);
  }
});

afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()));
  for (const name of databases) await onServer(`drop database ${name} with (force)`);
  await rm(scratch, { recursive: true, force: true });
});

describe('a backup', () => {
  it('restores rows, identity columns and files', async () => {
    const { hash } = await blobs().put(Readable.from([Buffer.from('a file')]), { maxBytes: 100 });
    const { store } = await restore(await backUp());
    const all = 'select number, body, length, at from note order by number';
    expect((await store.pool.query(all)).rows).toEqual((await source.pool.query(all)).rows);
    const inserted = await store.pool.query<{ number: number }>(
      `insert into note (shelf_id, body, at) select id, 'later', $1 from shelf returning number`,
      [clock.now()],
    );
    expect(inserted.rows[0]?.number).toBe(5);
    const folder = (await readdir(scratch)).find((name) => name.startsWith('blobs-'))!;
    expect(await text(await folderBlobs(join(scratch, folder)).open(hash))).toBe('a file');
  });

  it('keeps every reader where it was: nothing is heard twice and nothing is passed over', async () => {
    const heard: Record<string, string[]> = { fast: [], slow: [], idle: [] };
    const readerOf = (store: Store, name: string) =>
      startReader(
        store,
        { name, handle: async (events) => void heard[name]!.push(...events.map((event) => event.dataId)) },
        () => {},
      );
    const emit = (store: Store, note: string) => store.tx(async (tx) => tx.emit(emitted(note)));
    const idle = readerOf(source, 'idle');
    await idle.caughtUp();
    await idle.stop();
    await emit(source, 'one');
    const slow = readerOf(source, 'slow');
    await slow.caughtUp();
    await slow.stop();
    await emit(source, 'two');
    const fast = readerOf(source, 'fast');
    await fast.caughtUp();
    await fast.stop();
    await emit(source, 'three');
    const { store } = await restore(await backUp());
    await emit(store, 'four');
    const readers = ['fast', 'slow', 'idle'].map((name) => readerOf(store, name));
    for (const reader of readers) await reader.caughtUp();
    for (const reader of readers) await reader.stop();
    expect(heard).toEqual({
      fast: ['one', 'two', 'three', 'four'],
      slow: ['one', 'two', 'three', 'four'],
      idle: ['one', 'two', 'three', 'four'],
    });
  });

  it('takes jobs along, also one that was in hand', async () => {
    await source.tx(async (tx) => {
      tx.enqueue({ queue: 'letters', payload: { to: 'ada' } });
      tx.enqueue({ queue: 'letters', payload: { to: 'ben' } });
    });
    await source.pool.query(
      "update lane set leased_by = 7 where ctid = (select min(ctid) from lane where queue = 'letters')",
    );
    const { store } = await restore(await backUp());
    const done: unknown[] = [];
    const run = async ({ payload }: { payload: Record<string, unknown> }) => {
      done.push(payload.to);
      return { done: {} };
    };
    const worker = await startWorker(store, clock, { queue: 'letters', run }, () => {});
    await worker.idle();
    await worker.stop();
    expect(done.sort()).toEqual(['ada', 'ben']);
  });

  it('is of one moment while others write', async () => {
    let writing = true;
    const writer = (async () => {
      for (let at = 0; writing; at++)
        await source.tx(async (tx) => {
          await tx.db
            .insertInto('state')
            .values({ name: `busy-${at}`, value: '1' })
            .execute();
          tx.emit(emitted(`busy-${at}`));
        });
    })();
    const { store } = await restore(
      await backUp().finally(() => {
        writing = false;
      }),
    );
    await writer;
    const { rows } = await store.pool.query<{ states: number; events: number }>(
      `select (select count(*) from state where name like 'busy-%') as states,
              (select count(*) from event where data_id like 'busy-%') as events`,
    );
    expect(rows[0]?.states).toBe(rows[0]?.events);
  });

  it('of an older release is brought to the newer schema, rows and all', async () => {
    const { store } = await restore(await backUp(), [...migrations, nextStep]);
    const { rows } = await store.pool.query<{ title: string }>(
      'select title from note order by number limit 1',
    );
    expect(rows[0]?.title).toBe('TAB\tHERE');
  });

  it('can be a folder', async () => {
    const target = join(scratch, 'as-folder');
    await mkdir(target);
    const { store } = await restore(await backUp({ target }));
    expect((await store.pool.query('select 1 from note')).rows).toHaveLength(4);
    await expect(backUp({ target })).rejects.toThrow(/not empty: name an empty one/);
  });
});

describe('the secret key', () => {
  const keyOf = async (file: string, offered?: string) => {
    const backup = await openBackup(file, join(scratch, 'unpacked-'));
    try {
      return await keyOfBackup(backup, offered);
    } finally {
      await backup.close();
    }
  };

  it('stays out of the backup unless it is asked for', async () => {
    const file = await backUp();
    expect((await readFile(file)).includes(SECRET_KEY)).toBe(false);
    await expect(keyOf(file)).rejects.toThrow(/set MOOT_SECRET_KEY/);
    await expect(keyOf(file, 'another key')).rejects.toThrow(/MOOT_SECRET_KEY is not the key/);
    expect(await keyOf(file, SECRET_KEY)).toBe(SECRET_KEY);
    expect(await keyOf(await backUp({ includeSecretKey: true }))).toBe(SECRET_KEY);
  });
});

describe('what is refused', () => {
  it('a damaged, cut off or foreign file, before anything is touched', async () => {
    for (const part of ['tables/note.copy.gz', 'manifest.json', 'manifest.sha256', 'blobs/']) {
      const file = await backUp();
      const bytes = await readFile(file);
      const inContent = bytes.indexOf(part) + TAR_HEADER_BYTES + 2;
      bytes[inContent] = bytes[inContent]! ^ 0x11;
      await writeFile(file, bytes);
      await expect(restore(file), part).rejects.toThrow(BackupRefused);
    }
    const cut = await backUp();
    await truncate(cut, Math.floor((await stat(cut)).size / 2));
    await expect(restore(cut)).rejects.toThrow(BackupRefused);
    const foreign = join(scratch, 'foreign.tar');
    await writeFile(foreign, 'no tar at all');
    await expect(restore(foreign)).rejects.toThrow(BackupRefused);
    await expect(restore(join(scratch, 'absent.tar'))).rejects.toThrow(/There is no backup/);
    expect((await readdir(scratch)).filter((name) => name.startsWith('unpacked-'))).toEqual([]);
  });

  it('a changed row count, so that the database stays empty', async () => {
    const folder = join(scratch, 'lying');
    await backUp({ target: `${folder}/` });
    const backup = await openBackup(folder, join(scratch, 'unpacked-'));
    backup.manifest.tables.find(({ name }) => name === 'note')!.rows += 1;
    const address = await emptyDatabase();
    const into = folderBlobs(join(scratch, 'blobs-lying'));
    const restored = restoreBackup(backup, { database: address, blobs: into, migrations });
    await expect(restored).rejects.toThrow(/Table note has 4 rows after the restore instead of 5/);
    expect(await countTables(address)).toBe(0);
  });

  it('a backup of a newer release', async () => {
    await expect(restore(await backUp(), [...kernelMigrations])).rejects.toThrow(/does not have/);
  });

  it('a database with tables in it', async () => {
    const backup = await openBackup(await backUp(), join(scratch, 'unpacked-'));
    const into = { database: source.pool.address, blobs: blobs(), migrations };
    await expect(restoreBackup(backup, into)).rejects.toThrow(/not empty/);
    await backup.close();
  });

  it('a target that exists', async () => {
    await expect(backUp({ target: await backUp() })).rejects.toThrow(/exists: name a new file/);
    expect((await readdir(scratch)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});
