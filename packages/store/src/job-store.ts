import type { Ids } from '@moothall/core';
import { type Kysely, sql } from 'kysely';
import type { HandedBatch, HandedJob, LaneHand } from './handed-lanes.ts';
import { insertParts, type JobPart } from './job-parts.ts';
import { jsonText } from './json-text.ts';
import type { KernelTables } from './kernel-tables.ts';
import { WORKER_LOCK_CLASS } from './worker-session.ts';

/** Work to be done after a commit. */
export type NewJob = {
  queue: string;
  /** Jobs of one lane run one at a time, in the order they were asked for; a lane of its own unless said. */
  lane?: string;
  payload: Record<string, unknown>;
  /** What it has in common with other jobs of the transaction: each object is stored once. */
  parts?: readonly JobPart[];
  /** Earliest time, by the world's clock; at once unless said. */
  runAt?: Date;
  id?: string;
};

/** The ids of jobs, in their order, and what was asked for in each lane if that was wanted. */
export type InsertedJobs = { ids: string[]; batches: HandedBatch[] };

/** What was written: the numbers of the jobs, and the lanes with their versions. */
type Written = { seqs: string; lanes: [queue: string, lane: string, version: number][] };

const WRITTEN = sql`
  select (select string_agg(seq::text, ',' order by seq) from written) as seqs,
    (select json_agg(json_build_array(queue, lane, version)) from marked) as lanes`;

function isEmpty(payload: object): boolean {
  for (const _ in payload) return false;
  return true;
}

/** Jobs by their lanes. They are numbered in the order in which they were asked for. */
function batchesOf(jobs: readonly NewJob[], ids: readonly string[], { seqs, lanes }: Written, now: Date) {
  const numbers = seqs.split(',');
  const key = (queue: string, lane: string) => `${queue}\n${lane}`;
  const batches = new Map(
    lanes.map(([queue, lane, version]) => {
      const batch: HandedBatch & { jobs: HandedJob[] } = { queue, lane, version, jobs: [] };
      return [key(queue, lane), batch];
    }),
  );
  for (const [index, { queue, lane, runAt = now }] of jobs.entries()) {
    const id = ids[index]!;
    batches.get(key(queue, lane ?? id))!.jobs.push({ id, seq: Number(numbers[index]), runAt });
  }
  return [...batches.values()];
}

/**
 * Writes jobs and marks their lanes as due, within a transaction. Lanes come first: whoever holds a
 * lane's row numbers its jobs, so that numbers of a lane are committed in their order.
 * @param wantsBatches whether to say where they stand
 */
export async function insertJobs(
  db: Kysely<KernelTables>,
  jobs: readonly NewJob[],
  { now, ids, wantsBatches = false }: { now: Date; ids: Ids; wantsBatches?: boolean },
): Promise<InsertedJobs> {
  if (jobs.length === 0) return { ids: [], batches: [] };
  const partIds = await insertParts(db, jobs, { now, ids });
  // What most jobs do not have is left out: there may be thousands.
  const rows = jobs.map(({ queue, runAt, parts, ...job }) => {
    const id = job.id ?? ids.uuid();
    const payload = isEmpty(job.payload) ? undefined : job.payload;
    const shared = parts?.map((part) => partIds.get(part));
    return { id, queue, lane: job.lane ?? id, run_at: runAt, payload, parts: shared };
  });
  const insert = sql`
    insert into job (id, queue, lane, run_at, payload, parts, created)
    select id, queue, lane, run_at, coalesce(payload, '{}'), parts, ${now}::timestamptz
    from asked join marked using (queue, lane)
    order by place`;
  const { rows: written } = await sql<Written>`
    with asked as (
      select id, queue, lane, coalesce(run_at, ${now}::timestamptz) as run_at, payload, parts, place
      from rows from (jsonb_to_recordset(${jsonText(rows)}::jsonb)
          as (id uuid, queue text, lane text, run_at timestamptz, payload jsonb, parts uuid[]))
        with ordinality as asked (id, queue, lane, run_at, payload, parts, place)
    ), marked as (
      insert into lane (queue, lane, run_at, after_seq)
      select queue, lane, min(run_at), (select last_value - 1 from job_seq_seq)
      from asked group by queue, lane order by queue, lane
      on conflict (queue, lane) do update
        set version = lane.version + 1, run_at = least(lane.run_at, excluded.run_at)
      returning queue, lane, version
    )
    ${wantsBatches ? sql`, written as (${insert} returning seq) ${WRITTEN}` : insert}`.execute(db);
  const jobIds = rows.map((row) => row.id);
  return { ids: jobIds, batches: written[0] ? batchesOf(jobs, jobIds, written[0], now) : [] };
}

/** A job in hand. */
export type ClaimedJob = {
  id: string;
  /** Its place in the lane. */
  seq: number;
  lane: string;
  attempts: number;
  runAt: Date;
  payload: Record<string, unknown>;
  parts: readonly JobPart[];
  /** What the tries before this one left; null before the first. */
  result: Record<string, unknown> | null;
};

/** What became of a job. */
export type JobOutcome =
  | { id: string; seq: number; state: 'done' | 'dead'; attempts: number; result: Record<string, unknown> }
  | {
      id: string;
      seq: number;
      state: 'pending';
      attempts: number;
      runAt: Date;
      result: Record<string, unknown>;
    };

/** A job in hand as its lane tells it; its content never changes and may be known already. */
export type LaneJob = Omit<ClaimedJob, 'runAt' | 'payload' | 'parts'> & { runAtMs: number };

/** A lane in hand, as it stood when it was claimed, and the worker that has it. */
export type ClaimedLane = { lane: string; version: number; worker: number; afterSeq: number };

/** A lane and its first jobs, in order, with what hears of the ones that follow. */
export type LaneWork = ClaimedLane & { jobs: ClaimedJob[]; hand: LaneHand };

/** SQL that takes due lanes for a worker, each row once however many workers ask. */
export const CLAIM_LANES = `
  update lane set leased_by = $3
  from (select queue, lane from lane where queue = $1 and leased_by is null and run_at <= $2
        order by run_at limit $4 for update skip locked) due
  where lane.queue = due.queue and lane.lane = due.lane
  returning lane.lane, lane.version, lane.leased_by as worker, lane.after_seq as "afterSeq"`;

/**
 * SQL for the first jobs of lanes, at most $4 of each. A statement of its own, after the claim: one
 * snapshot for both could read a lane's newest version without the job that made it.
 */
export const LANE_JOBS = `
  select job.id, job.seq, job.lane, job.attempts, date_part('epoch', job.run_at) * 1000 as "runAtMs", job.result
  from unnest($2::text[], $3::bigint[]) as claimed (lane, after_seq)
  cross join lateral (select * from job where queue = $1 and job.lane = claimed.lane and seq > claimed.after_seq
                        and state = 'pending' order by seq limit $4) job
  order by job.lane, job.seq`;

/**
 * SQL that stores outcomes and gives lanes back; a lane that got jobs meanwhile stays due, and one without
 * a time stays in hand. A lane that was freed under another worker, and a job that somebody else has
 * finished, are left as they are. It returns the lanes that were still the worker's.
 */
export const COMPLETE = `
  with outcome as (
    select * from jsonb_to_recordset($1::jsonb)
      as outcome (id uuid, state text, attempts int, result jsonb, run_at timestamptz)
  ), written as (
    update job set state = outcome.state, attempts = outcome.attempts, result = outcome.result,
      run_at = coalesce(outcome.run_at, job.run_at),
      finished_at = case when outcome.state = 'pending' then null else $3::timestamptz end
    from outcome where job.id = outcome.id and job.state = 'pending'
  )
  update lane set after_seq = released.after_seq,
    leased_by = case when released.run_at is null then lane.leased_by end,
    run_at = case when released.run_at is null then lane.run_at when lane.version = released.version
      then released.run_at else least(released.run_at, $3) end
  from jsonb_to_recordset($2::jsonb)
    as released (queue text, lane text, version bigint, worker int, after_seq bigint, run_at timestamptz)
  where lane.queue = released.queue and lane.lane = released.lane and lane.leased_by = released.worker
  returning lane.lane`;

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
