import { createHash } from 'node:crypto';
import { ApiError } from '@moothall/core';
import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import { labErrors } from '../lab.errors.ts';

/** A copy of a world's database, as its comment tells. */
export type CopyNote = { kind: 'base' | 'snapshot' | 'fork'; world: string; name: string; savedAt: string };

/** A copy and the database that it is in. */
export type DatabaseCopy = CopyNote & { database: string };

/** Copies of one world's database, made by PostgreSQL itself from a template. */
export interface DatabaseCopies {
  /** Copies of this world, oldest first. */
  list(): Promise<DatabaseCopy[]>;
  /** Copies a database that nobody of this process is connected to. @throws ApiError `lab.database_busy` */
  copy(source: string, note: Omit<CopyNote, 'world'>): Promise<DatabaseCopy>;
  /** Makes the database that `swapIn` puts in the world's place, and names it; the world goes on meanwhile. */
  prepareSwap(source: string): Promise<string>;
  /** Puts a prepared database in the place of the world's, which nobody of this process is connected to. */
  swapIn(prepared: string): Promise<void>;
  /** Removes what a swap put aside. */
  removeSwapped(): Promise<void>;
  /** Removes a copy with whoever is connected to it, and the copies that were made of it. */
  drop(database: string): Promise<void>;
  /** Removes all copies of this world. */
  dropAll(): Promise<void>;
  /** Runs `work` while no other process does the same with this world. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the connection. */
  close(): Promise<void>;
}

const OBJECT_IN_USE = '55006';
const TRIES = 3;
const LOCK_CLASS = 0x6d6c;

/** Name of the database of an address. */
export function databaseOf(address: DatabaseAddress): string {
  if (!('connectionString' in address)) return address.database;
  return decodeURIComponent(new URL(address.connectionString).pathname.slice(1));
}

/** The same server, another database. */
export function inDatabase(address: DatabaseAddress, database: string): DatabaseAddress {
  if (!('connectionString' in address)) return { ...address, database };
  const url = new URL(address.connectionString);
  url.pathname = `/${encodeURIComponent(database)}`;
  return { connectionString: url.href };
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** Names of copies are digests: short enough for PostgreSQL however long the world's and the copy's names are. */
function copyName(world: string, kind: string, name: string): string {
  const digest = createHash('sha256').update(`${world}\0${kind}\0${name}`).digest('hex');
  return `moot_${kind}_${digest.slice(0, 32)}`;
}

const COPIES = `
  select datname as database, description
  from pg_database join pg_shdescription on objoid = oid and classoid = 'pg_database'::regclass
  where datname like 'moot\\_%' order by oid`;

function noteOf({ database, description }: { database: string; description: string }): DatabaseCopy[] {
  try {
    return [{ ...(JSON.parse(description) as CopyNote), database }];
  } catch {
    return [];
  }
}

/**
 * @param maintenance another database of the same server
 * @param nameOfWorld tells the name of the world's database; asked at the first use
 */
export function createDatabaseCopies(
  maintenance: DatabaseAddress | Promise<DatabaseAddress>,
  nameOfWorld: () => string,
): DatabaseCopies {
  const pool = new ReopenablePool(maintenance, { maxConnections: 2, statementTimeoutMs: 600_000 });
  const nameOfOld = () => copyName(nameOfWorld(), 'old', '');

  async function vacate(database: string): Promise<void> {
    for (let round = 0; round < 200; round++) {
      const { rowCount } = await pool.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
        [database],
      );
      if (rowCount === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** PostgreSQL copies and renames only what nobody is connected to; others are asked to leave. */
  async function vacated(database: string, work: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await vacate(database);
      try {
        return await work();
      } catch (error) {
        if ((error as { code?: string }).code !== OBJECT_IN_USE) throw error;
        if (attempt === TRIES) throw new ApiError(labErrors['lab.database_busy'], { cause: error });
      }
    }
  }

  async function remove(database: string): Promise<void> {
    await pool.query(`drop database if exists ${quoted(database)} with (force)`);
  }

  async function notes(of: string): Promise<DatabaseCopy[]> {
    const { rows } = await pool.query<{ database: string; description: string }>(COPIES);
    return rows.flatMap(noteOf).filter((note) => note.world === of);
  }

  async function dropCopiesOf(database: string): Promise<void> {
    for (const copy of await notes(database)) await dropCopy(copy.database);
    await remove(copyName(database, 'old', ''));
  }

  async function dropCopy(database: string): Promise<void> {
    await dropCopiesOf(database);
    await remove(database);
  }

  async function create(database: string, source: string): Promise<void> {
    await remove(database);
    await vacated(source, async () => {
      await pool.query(`create database ${quoted(database)} template ${quoted(source)}`);
    });
  }

  return {
    drop: dropCopy,
    dropAll: () => dropCopiesOf(nameOfWorld()),
    list: () => notes(nameOfWorld()),
    async alone(work) {
      const client = await pool.connect();
      try {
        await client.query(`select pg_advisory_lock(${LOCK_CLASS}, hashtext($1))`, [nameOfWorld()]);
        return await work();
      } finally {
        // The lock ends with its session.
        client.release(true);
      }
    },
    async copy(source, note) {
      const world = nameOfWorld();
      const database = copyName(world, note.kind, note.name);
      await create(database, source);
      const text = JSON.stringify({ ...note, world } satisfies CopyNote).replaceAll("'", "''");
      await pool.query(`comment on database ${quoted(database)} is '${text}'`);
      return { ...note, world, database };
    },
    async prepareSwap(source) {
      const prepared = copyName(nameOfWorld(), 'next', source);
      await create(prepared, source);
      return prepared;
    },
    async swapIn(prepared) {
      const [world, old] = [nameOfWorld(), nameOfOld()];
      await remove(old);
      await vacated(world, async () => {
        // One message is one transaction: a crash in between must not leave a server without its world.
        await pool.query(
          `alter database ${quoted(world)} rename to ${quoted(old)};
           alter database ${quoted(prepared)} rename to ${quoted(world)}`,
        );
      });
    },
    removeSwapped: () => remove(nameOfOld()),
    close: () => pool.end(),
  };
}
