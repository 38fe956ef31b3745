import { checksumOf, type Migration } from './migrator.ts';
import { type DatabaseAddress, ReopenablePool } from './pool.ts';

/** What an operator wants to know of a world's database. */
export type DatabaseReport = {
  /** PostgreSQL's version, such as `18.4`. */
  version: string;
  major: number;
  /** Steps of this release that are not applied yet; they will be at the next start. */
  missingSteps: string[];
  /** Applied steps that this release does not have in the same form: a newer release was here. */
  foreignSteps: string[];
  /** Undefined where there is no schema yet. */
  work: { pendingJobs: number; deadJobs: number; unreadEvents: number } | undefined;
};

const CHECK_TIMEOUT_MS = 10_000;

const WORK = `
  select (select count(*) from job where state = 'pending') as "pendingJobs",
    (select count(*) from job where state = 'dead') as "deadJobs",
    (select coalesce(max((select count(*) from event where (event.tx, event.seq) > (cursor.tx, cursor.seq))), 0)
     from cursor) as "unreadEvents"`;

async function appliedSteps(pool: ReopenablePool): Promise<{ name: string; checksum: string }[]> {
  const { rows } = await pool.query<{ there: boolean }>(
    "select to_regclass('migration') is not null as there",
  );
  if (!rows[0]?.there) return [];
  return (await pool.query<{ name: string; checksum: string }>('select name, checksum from migration')).rows;
}

/** Looks at a world's database without changing it. @throws the connection's error when it is out of reach */
export async function inspectDatabase(
  address: DatabaseAddress,
  migrations: readonly Migration[],
): Promise<DatabaseReport> {
  const pool = new ReopenablePool(address, { maxConnections: 1, statementTimeoutMs: CHECK_TIMEOUT_MS });
  try {
    const { rows } = await pool.query<{ server_version: string }>('show server_version');
    const version = rows[0]!.server_version.split(' ')[0]!;
    const applied = await appliedSteps(pool);
    const known = new Map(migrations.map((step) => [step.name, checksumOf(step)]));
    const has = new Set(applied.map((step) => step.name));
    const work = await (has.size > 0
      ? pool.query<NonNullable<DatabaseReport['work']>>(WORK).then((result) => result.rows[0])
      : undefined);
    return {
      version,
      major: Number.parseInt(version, 10),
      missingSteps: [...known.keys()].filter((name) => !has.has(name)).sort(),
      foreignSteps: applied
        .filter(({ name, checksum }) => known.get(name) !== checksum)
        .map(({ name }) => name),
      work,
    };
  } finally {
    await pool.end();
  }
}
