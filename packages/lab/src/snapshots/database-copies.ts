import type { DatabaseAddress } from '@moothall/store';
import { type CopyNote, copyName, type DatabaseCopy } from './copy-note.ts';
import { createDatabaseServer } from './database-server.ts';

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
   * @throws CopyGone when it is not there any more
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
  const server = createDatabaseServer(maintenance);
  const nameOfNext = (source: string) => copyName(nameOfWorld(), 'next', source);

  async function copiesOf(world: string): Promise<DatabaseCopy[]> {
    return (await server.copies()).filter((copy) => copy.world === world);
  }

  async function removeSwappedOf(world: string): Promise<void> {
    for (const database of await server.namesWith(oldNames(world))) await server.remove(database);
  }

  async function dropCopiesOf(database: string): Promise<void> {
    for (const copy of await copiesOf(database)) {
      await server.remove(copyName(database, 'next', copy.database));
      await dropCopy(copy.database);
    }
    await removeSwappedOf(database);
  }

  async function dropCopy(database: string): Promise<void> {
    await dropCopiesOf(database);
    await server.remove(database);
  }

  return {
    async drop(database) {
      await server.remove(nameOfNext(database));
      await dropCopy(database);
    },
    dropAll: () => dropCopiesOf(nameOfWorld()),
    list: () => copiesOf(nameOfWorld()),
    alone: (work) => server.alone(nameOfWorld(), work),
    async copy(source, note) {
      const world = nameOfWorld();
      const database = copyName(world, note.kind, note.name);
      await server.remove(nameOfNext(database));
      await server.create(database, source);
      await server.note(database, { ...note, world });
      return { ...note, world, database };
    },
    async prepareSwap({ database, savedAt }) {
      const [world, prepared] = [nameOfWorld(), nameOfNext(database)];
      const isLeft = (await copiesOf(world)).some((copy) => copy.database === prepared);
      if (!isLeft) await server.create(prepared, database);
      await bringUp(prepared);
      await server.vacate(prepared);
      if (!isLeft) await server.note(prepared, { kind: 'next', world, name: database, savedAt });
      return prepared;
    },
    async swapIn(prepared, epoch) {
      const world = nameOfWorld();
      await server.replace(world, prepared, `${oldNames(world)}_${epoch}`);
    },
    removeSwapped: () => removeSwappedOf(nameOfWorld()),
    close: () => server.close(),
  };
}
