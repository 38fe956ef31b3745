import { ApiError } from '@moothall/core';
import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import { labErrors } from '../lab.errors.ts';
import { COPIES, type CopyNote, copyName, type DatabaseCopy, noteOf } from './copy-note.ts';

/** Copies of one world's database, made by PostgreSQL itself from a template. */
export interface DatabaseCopies {
  /** Copies of this world, oldest first. */
  list(): Promise<DatabaseCopy[]>;
  /** Copies a database that nobody of this process is connected to. @throws ApiError `lab.database_busy` */
  copy(source: string, note: Omit<CopyNote, 'world'>): Promise<DatabaseCopy>;
  /**
   * Makes the database that `swapIn` puts in the world's place, unless one of an earlier process is left, and brings
   * it to this release's schema; the world goes on meanwhile. @returns its name
   */
  prepareSwap(source: Pick<DatabaseCopy, 'database' | 'savedAt'>): Promise<string>;
  /**
   * Puts a prepared database in the place of the world's, which nobody of this process is connected to.
   * @param epoch how often that was done; what is put aside is named by it
   */
  swapIn(prepared: string, epoch: number): Promise<void>;
  /** Removes what swaps put aside, which takes as long as a copy: the server writes all that it holds to disk first. */
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
const DUPLICATE_DATABASE = '42P04';
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

/** What the names of databases that were put aside begin with. */
function oldNames(world: string): string {
  return copyName(world, 'old', '');
}

/**
 * @param maintenance another database of the same server
 * @param nameOfWorld tells the name of the world's database; asked at the first use
 * @param bringUp brings a database that is named to this release's schema
 */
export function createDatabaseCopies(
  maintenance: DatabaseAddress | Promise<DatabaseAddress>,
  nameOfWorld: () => string,
  bringUp: (database: string) => Promise<void>,
): DatabaseCopies {
  const pool = new ReopenablePool(maintenance, { maxConnections: 2, statementTimeoutMs: 600_000 });
  const nameOfNext = (source: string) => copyName(nameOfWorld(), 'next', source);

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

  async function removeSwappedOf(world: string): Promise<void> {
    const { rows } = await pool.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [oldNames(world)],
    );
    for (const { datname } of rows) await remove(datname);
  }

  async function dropCopiesOf(database: string): Promise<void> {
    for (const copy of await notes(database)) {
      await remove(copyName(database, 'next', copy.database));
      await dropCopy(copy.database);
    }
    await removeSwappedOf(database);
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

  async function comment(database: string, note: CopyNote): Promise<void> {
    const text = JSON.stringify(note).replaceAll("'", "''");
    await pool.query(`comment on database ${quoted(database)} is '${text}'`);
  }

  async function swap(world: string, prepared: string, old: string): Promise<void> {
    // One message is one transaction: a crash in between must not leave a server without its world.
    await pool.query(
      `alter database ${quoted(world)} rename to ${quoted(old)};
       alter database ${quoted(prepared)} rename to ${quoted(world)};
       comment on database ${quoted(world)} is null`,
    );
  }

  return {
    async drop(database) {
      await remove(nameOfNext(database));
      await dropCopy(database);
    },
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
      await remove(nameOfNext(database));
      await create(database, source);
      await comment(database, { ...note, world });
      return { ...note, world, database };
    },
    async prepareSwap({ database, savedAt }) {
      const [world, prepared] = [nameOfWorld(), nameOfNext(database)];
      const left = (await notes(world)).some((note) => note.database === prepared);
      if (!left) await create(prepared, database);
      await bringUp(prepared);
      await vacate(prepared);
      if (!left) await comment(prepared, { kind: 'next', world, name: database, savedAt });
      return prepared;
    },
    async swapIn(prepared, epoch) {
      const world = nameOfWorld();
      const old = `${oldNames(world)}_${epoch}`;
      await vacated(world, async () => {
        await swap(world, prepared, old).catch(async (error: { code?: string }) => {
          if (error.code !== DUPLICATE_DATABASE) throw error;
          await remove(old);
          await swap(world, prepared, old);
        });
      });
    },
    removeSwapped: () => removeSwappedOf(nameOfWorld()),
    close: () => pool.end(),
  };
}
