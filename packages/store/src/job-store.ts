import type { Ids } from '@moothall/core';
import { type Kysely, sql } from 'kysely';
import type { KernelTables } from './kernel-tables.ts';
import { WORKER_LOCK_CLASS } from './worker-session.ts';

/** Work to be done after a commit. */
export type NewJob = {
  queue: string;
  /** Jobs of one lane run one at a time, in the order they were asked for; a lane of its own unless said. */
  lane?: string;
  payload: Record<string, unknown>;
  /** Earliest time, by the world's clock; at once unless said. */
  runAt?: Date;
  id?: string;
};

/**
 * JSON that PostgreSQL can store: what came from the network may hold U+0000 or half of a surrogate
 * pair, which it refuses and which only ever stand escaped here; they become U+FFFD.
 */
export function jsonText(value: Record<string, unknown>): string {
  return JSON.stringify(value).replace(/\\u(0000|d[89a-f][0-9a-f]{2})/g, '\\ufffd');
}

/** Writes jobs and marks their lanes as due, within a transaction. */
export async function insertJobs(
  db: Kysely<KernelTables>,
  jobs: readonly NewJob[],
  { now, ids }: { now: Date; ids: Ids },
): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map((job) => {
    const id = job.id ?? ids.uuid();
    return {
      id,
      queue: job.queue,
      lane: job.lane ?? id,
      run_at: job.runAt ?? now,
      payload: jsonText(job.payload),
    };
  });
  const column = <T>(pick: (row: (typeof rows)[number]) => T) => rows.map(pick);
  await sql`
    with asked as (
      select * from unnest(${column((row) => row.id)}::uuid[], ${column((row) => row.queue)}::text[],
        ${column((row) => row.lane)}::text[], ${column((row) => row.run_at)}::timestamptz[],
        ${column((row) => row.payload)}::jsonb[])
        with ordinality as asked (id, queue, lane, run_at, payload, place)
    ), written as (
      insert into job (id, queue, lane, run_at, payload, created)
      select id, queue, lane, run_at, payload, ${now} from asked order by place
    )
    insert into lane (queue, lane, run_at)
    select queue, lane, min(run_at) from asked group by queue, lane order by queue, lane
    on conflict (queue, lane) do update
      set version = lane.version + 1, run_at = least(lane.run_at, excluded.run_at)`.execute(db);
}

/** A job in hand. */
export type ClaimedJob = {
  id: string;
  lane: string;
  attempts: number;
  runAt: Date;
  created: Date;
  payload: Record<string, unknown>;
  /** What the tries before this one left; null before the first. */
  result: Record<string, unknown> | null;
};

/** What became of a job. */
export type JobOutcome =
  | { id: string; state: 'done' | 'dead'; attempts: number; result: Record<string, unknown> }
  | { id: string; state: 'pending'; attempts: number; runAt: Date; result: Record<string, unknown> };

/** A lane in hand, as it stood when it was claimed, and the worker that has it. */
export type ClaimedLane = { lane: string; version: number; worker: number };

/** A lane and its first jobs, in order. */
export type LaneWork = ClaimedLane & { jobs: ClaimedJob[] };

/** SQL that takes due lanes for a worker, each row once however many workers ask. */
export const CLAIM_LANES = `
  update lane set leased_by = $3
  from (select queue, lane from lane where queue = $1 and leased_by is null and run_at <= $2
        order by run_at limit $4 for update skip locked) due
  where lane.queue = due.queue and lane.lane = due.lane
  returning lane.lane, lane.version, lane.leased_by as worker`;

/**
 * SQL for the first jobs of lanes, at most $3 of each. A statement of its own, after the claim: one
 * snapshot for both could read a lane's newest version without the job that made it.
 */
export const LANE_JOBS = `
  select job.id, job.lane, job.attempts, job.run_at as "runAt", job.created, job.payload, job.result
  from unnest($2::text[]) as claimed (lane)
  cross join lateral (select * from job where queue = $1 and job.lane = claimed.lane and state = 'pending'
                      order by seq limit $3) job
  order by job.lane, job.seq`;

/**
 * SQL that stores outcomes and gives lanes back; a lane that got jobs meanwhile stays due. A lane that
 * was freed under another worker, and a job that somebody else has finished, are left as they are.
 */
export const COMPLETE = `
  with outcome as (
    select * from unnest($1::uuid[], $2::text[], $3::int[], $4::jsonb[], $5::timestamptz[])
      as outcome (id, state, attempts, result, run_at)
  ), written as (
    update job set state = outcome.state, attempts = outcome.attempts, result = outcome.result,
      run_at = coalesce(outcome.run_at, job.run_at),
      finished_at = case when outcome.state = 'pending' then null else $6::timestamptz end
    from outcome where job.id = outcome.id and job.state = 'pending'
  )
  update lane set leased_by = null,
    run_at = case when lane.version = released.version then released.run_at else least(released.run_at, $6) end
  from unnest($8::text[], $9::bigint[], $10::timestamptz[], $11::int[]) as released (lane, version, run_at, worker)
  where lane.queue = $7 and lane.lane = released.lane and lane.leased_by = released.worker`;

/**
 * SQL that frees lanes of workers that ended without a word. A worker lives as long as the session
 * that holds its advisory lock, so no clock is asked.
 */
export const FREE_ORPHANS = `
  update lane set leased_by = null
  where queue = $1 and leased_by is not null and not exists (
    select 1 from pg_locks where locktype = 'advisory' and classid = ${WORKER_LOCK_CLASS}
      and objid = leased_by::oid and granted
      and database = (select oid from pg_database where datname = current_database()))`;

/** SQL that drops lanes without work; the next job of a lane makes it anew. */
export const DROP_IDLE_LANES =
  "delete from lane where queue = $1 and leased_by is null and run_at = 'infinity'";
