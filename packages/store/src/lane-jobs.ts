import { createGroupCommit } from './group-commit.ts';
import { readPayloads, type StoredPayload } from './job-parts.ts';
import { type ClaimedJob, LANE_JOBS, type LaneJob } from './job-store.ts';
import type { Store } from './store.ts';

type Payload = ClaimedJob['payload'];

/** A place in a lane: its jobs after `afterSeq`. */
export type LanePlace = { lane: string; afterSeq: number };

/** Payloads by job id: from memory where this process asked for the job, else from their rows. */
async function payloadsOf(
  store: Store,
  ids: readonly string[],
): Promise<(id: string) => Payload | undefined> {
  const known = new Map<string, Payload>();
  const unknown: string[] = [];
  for (const id of ids) {
    const payload = store.freshJobs.payloadOf(id);
    if (payload) known.set(id, payload);
    else unknown.push(id);
  }
  if (unknown.length > 0) {
    const { rows } = await store.pool.query<StoredPayload & { id: string }>(
      'select id, payload, parts from job where id = any($1::uuid[])',
      [unknown],
    );
    const payloads = await readPayloads(store.pool, rows);
    for (const [index, { id }] of rows.entries()) known.set(id, payloads[index]!);
  }
  return (id) => known.get(id);
}

/**
 * Reads the next pending jobs of lanes in hand.
 * @returns for each place its jobs in order, `jobsPerLane` at most
 */
export async function readLaneJobs(
  store: Store,
  { queue, jobsPerLane }: { queue: string; jobsPerLane: number },
  places: readonly LanePlace[],
): Promise<ClaimedJob[][]> {
  const names = places.map(({ lane }) => lane);
  const floors = places.map(({ afterSeq }) => afterSeq);
  const { rows } = await store.pool.query<LaneJob>(LANE_JOBS, [queue, names, floors, jobsPerLane]);
  const payloadOf = await payloadsOf(
    store,
    rows.map(({ id }) => id),
  );
  const jobs = new Map(names.map((name) => [name, [] as ClaimedJob[]]));
  for (const { runAtMs, ...row } of rows) {
    const payload = payloadOf(row.id);
    // None when it was deleted between two statements.
    if (payload) jobs.get(row.lane)!.push({ ...row, runAt: new Date(Math.round(runAtMs)), payload });
  }
  return places.map(({ lane }) => jobs.get(lane)!);
}

/** The jobs of one lane, one by one. */
export interface LaneReader {
  /** The next job; undefined when none is left. @throws when the database does not answer */
  next(): Promise<ClaimedJob | undefined>;
}

/** Lanes of which the next jobs are read in one statement. */
const LANES_READ = 64;

/** Makes readers that read on while the jobs at hand are done; many lanes share a statement. */
export function createReadAhead(
  store: Store,
  spec: { queue: string; jobsPerLane: number },
): (lane: string, first: ClaimedJob[]) => LaneReader {
  const reading = createGroupCommit<LanePlace, ClaimedJob[]>(
    (places) => readLaneJobs(store, spec, places),
    LANES_READ,
  );
  return (lane, first) => {
    let jobs = first;
    let index = 0;
    let following: Promise<ClaimedJob[]> | undefined;
    return {
      async next() {
        if (index === jobs.length && following) {
          jobs = await following;
          following = undefined;
          index = 0;
        }
        if (jobs.length === spec.jobsPerLane && index === jobs.length >> 1) {
          following = reading.submit({ lane, afterSeq: jobs.at(-1)!.seq });
          // Whoever gets so far learns of the error; whoever ends before does not want the jobs.
          following.catch(() => undefined);
        }
        return jobs[index++];
      },
    };
  };
}
