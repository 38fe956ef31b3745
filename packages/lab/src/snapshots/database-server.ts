import { ApiError } from '@moothall/core';
import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import { labErrors } from '../lab.errors.ts';
import { COPIES, type CopyNote, type DatabaseCopy, noteOf } from './copy-note.ts';

/** What is done to whole databases. Their names may be of any characters. */
export interface DatabaseServer {
  /** The copies on it of any world, oldest first. */
  copies(): Promise<DatabaseCopy[]>;
  /** Names that begin so. */
  namesWith(prefix: string): Promise<string[]>;
  /** Makes a database of another, in place of what has the name. @throws ApiError `lab.database_busy` */
  create(database: string, source: string): Promise<void>;
  /** Sets what tells that a database is a copy. */
  note(database: string, note: CopyNote): Promise<void>;
  /** Puts `next` in the place of `database`, which becomes `old`. @throws ApiError `lab.database_busy`; CopyGone */
  replace(database: string, next: string, old: string): Promise<void>;
  /** Ends all connections to a database. */
  vacate(database: string): Promise<void>;
  /** Removes a database, if there is one, with whoever is connected to it. */
  remove(database: string): Promise<void>;
  /** Runs `work` while no other process does so under the same name. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Ends the connections. */
  close(): Promise<void>;
}

/** A prepared copy is not there any more: another process has taken it, or an operator has dropped it. */
export class CopyGone extends Error {}

const OBJECT_IN_USE = '55006';
const UNDEFINED_DATABASE = '3D000';
const DUPLICATE_DATABASE = '42P04';
const TRIES = 3;
const LOCK_CLASS = 0x6d6c;

/** An identifier as SQL has it. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** @param maintenance a database of the server that is neither copied nor replaced */
export function createDatabaseServer(
  maintenance: DatabaseAddress | Promise<DatabaseAddress>,
): DatabaseServer {
  // A reset after a pause need not wait for a connection and for what it has to read before its first answer.
  const connections = { maxConnections: 2, keptConnections: 1, statementTimeoutMs: 600_000 };
  const pool = new ReopenablePool(maintenance, connections);

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

  async function swap(database: string, next: string, old: string): Promise<void> {
    // One message is one transaction: a crash in between must not leave a server without its world.
    const renames = `
      alter database ${quoted(database)} rename to ${quoted(old)};
      alter database ${quoted(next)} rename to ${quoted(database)};
      comment on database ${quoted(database)} is null`;
    await pool.query(renames).catch((error: { code?: string }) => {
      throw error.code === UNDEFINED_DATABASE ? new CopyGone(`there is no ${next}`, { cause: error }) : error;
    });
  }

  return {
    vacate,
    remove,
    async copies() {
      const { rows } = await pool.query<{ database: string; description: string }>(COPIES);
      return rows.flatMap(noteOf);
    },
    async namesWith(prefix) {
      const sql = 'select datname from pg_database where starts_with(datname, $1)';
      const { rows } = await pool.query<{ datname: string }>(sql, [prefix]);
      return rows.map(({ datname }) => datname);
    },
    async create(database, source) {
      await remove(database);
      await vacated(source, async () => {
        await pool.query(`create database ${quoted(database)} template ${quoted(source)}`);
      });
    },
    async note(database, note) {
      const text = JSON.stringify(note).replaceAll("'", "''");
      await pool.query(`comment on database ${quoted(database)} is '${text}'`);
    },
    async replace(database, next, old) {
      await vacated(database, async () => {
        await swap(database, next, old).catch(async (error: { code?: string }) => {
          if (error.code !== DUPLICATE_DATABASE) throw error;
          await remove(old);
          await swap(database, next, old);
        });
      });
    },
    async alone(name, work) {
      const client = await pool.connect();
      try {
        await client.query(`select pg_advisory_lock(${LOCK_CLASS}, hashtext($1))`, [name]);
        return await work();
      } finally {
        // The lock ends with its session.
        client.release(true);
      }
    },
    close: () => pool.end(),
  };
}
