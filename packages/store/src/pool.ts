import { createHash } from 'node:crypto';
import { ApiError, generalErrors } from '@moothall/core';
import pg from 'pg';
import type { TransactionCheck } from './transaction-check.ts';

/** Where a database is: a URL, or the parts of a socket connection. */
export type DatabaseAddress =
  | { connectionString: string }
  | { host: string; port: number; user: string; database: string };

/** Limits of one process's connections. */
export type PoolSettings = {
  maxConnections: number;
  /** How many stay open when nobody uses them; none unless said. */
  keptConnections?: number;
  statementTimeoutMs: number;
};

/**
 * Plans of named statements are kept while their tables grow: one that was made for ten rows must not scan a
 * hundred thousand, which it does until PostgreSQL has gathered statistics. Where no index helps, tables are scanned
 * all the same; that such a plan looks expensive must not have it compiled, which takes longer than it runs.
 */
const PLANS = '-c enable_seqscan=off -c jit=off';
const INT8_OID = 20;
const GATE_TIMEOUT_MS = 2000;

pg.types.setTypeParser(INT8_OID, Number);

const statementNames = new Map<string, string>();

/** A name for a statement, so that PostgreSQL plans it once per connection; Kysely sends none. */
function nameOf(sql: string): string {
  let name = statementNames.get(sql);
  if (name === undefined) {
    name = createHash('sha1').update(sql).digest('base64url');
    if (statementNames.size < 2000) statementNames.set(sql, name);
  }
  return name;
}

type Query = (sql: string | pg.QueryConfig, values?: unknown[]) => Promise<pg.QueryResult>;

function withNames(client: pg.PoolClient): pg.PoolClient {
  const query = client.query.bind(client) as Query;
  return new Proxy(client, {
    get(target, key) {
      if (key === 'query') {
        return (sql: string | pg.QueryConfig, values?: unknown[]) =>
          typeof sql === 'string' && values !== undefined && values.length > 0
            ? query({ name: nameOf(sql), text: sql, values })
            : query(sql, values);
      }
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * A pool that can be closed and opened again on the same or another database while its users
 * keep their reference: what a reset or the load of a snapshot needs. While it is closed,
 * connections are waited for at most 2 s, then refused with 503 (`server.busy`).
 */
export class ReopenablePool {
  #pool: pg.Pool | undefined;
  #address: DatabaseAddress | undefined;
  #settings: PoolSettings;
  #check: TransactionCheck | undefined;
  #opened: Promise<void> = Promise.resolve();
  #markOpened: () => void = () => {};

  /**
   * Opens at once; connections are made when they are first needed. An address that is promised opens it when it
   * comes, before whoever waits for the same promise later goes on.
   */
  constructor(
    address: DatabaseAddress | Promise<DatabaseAddress>,
    settings: PoolSettings,
    check?: TransactionCheck,
  ) {
    this.#settings = settings;
    this.#check = check;
    if (!(address instanceof Promise)) {
      this.open(address);
      return;
    }
    this.#wait();
    // Whoever made the promise tells why there is no database.
    address.then(
      (known) => this.open(known),
      () => undefined,
    );
  }

  /** Where it connects to. @throws Error while that is only promised */
  get address(): DatabaseAddress {
    if (this.#address === undefined) throw new Error('where the database is, is not known yet');
    return this.#address;
  }

  #wait(): void {
    this.#opened = new Promise((resolve) => {
      this.#markOpened = resolve;
    });
  }

  #create(): pg.Pool {
    const { maxConnections, keptConnections = 0, statementTimeoutMs } = this.#settings;
    const pool = new pg.Pool({
      ...this.address,
      max: maxConnections,
      min: keptConnections,
      options: `-c statement_timeout=${statementTimeoutMs} -c idle_in_transaction_session_timeout=${statementTimeoutMs} -c TimeZone=UTC ${PLANS}`,
      idleTimeoutMillis: 30_000,
    });
    // An idle connection that the server ends is replaced at the next use.
    pool.on('error', () => {});
    // One in use that is cut fails its statement; without a listener it would end the process.
    pool.on('connect', (client) => client.on('error', () => {}));
    return pool;
  }

  async #current(): Promise<pg.Pool> {
    if (!this.#pool) {
      const late = new Promise<void>((resolve) => setTimeout(resolve, GATE_TIMEOUT_MS).unref());
      await Promise.race([this.#opened, late]);
    }
    if (!this.#pool) throw new ApiError(generalErrors['server.busy'], { retryAfterSeconds: 1 });
    return this.#pool;
  }

  /** Takes a connection; Kysely's port. */
  async connect(): Promise<pg.PoolClient> {
    this.#check?.assertOutside();
    return withNames(await (await this.#current()).connect());
  }

  /** Runs one named statement outside a transaction. */
  async query<Row extends pg.QueryResultRow>(
    sql: string,
    values: unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    this.#check?.assertOutside();
    const pool = this.#pool ?? (await this.#current());
    return values.length > 0
      ? pool.query<Row>({ name: nameOf(sql), text: sql, values })
      : pool.query<Row>(sql);
  }

  /** Runs `work` while no connection is in use, and keeps them; whoever comes meanwhile waits as while it is closed. */
  async whileUnused<T>(work: () => Promise<T>): Promise<T> {
    const pool = this.#pool ?? (await this.#current());
    this.#pool = undefined;
    this.#wait();
    try {
      while (pool.idleCount < pool.totalCount || pool.waitingCount > 0)
        await new Promise((resolve) => setTimeout(resolve, 1));
      return await work();
    } finally {
      this.#pool = pool;
      this.#markOpened();
    }
  }

  /** Waits for connections in use, then closes all; later users wait for `open`. */
  async close(): Promise<void> {
    const pool = this.#pool;
    if (!pool) return;
    this.#pool = undefined;
    this.#wait();
    await pool.end();
  }

  /** Opens again, on another database where an address is given. */
  open(address: DatabaseAddress = this.address): void {
    this.#address = address;
    this.#pool = this.#create();
    this.#markOpened();
  }

  /** Kysely's port: closes for good. */
  async end(): Promise<void> {
    await this.close();
  }
}
