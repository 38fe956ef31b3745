import { createGroupCommit } from './group-commit.ts';
import type { HandedJob } from './handed-lanes.ts';
import { type JobContent, readContents, type StoredContent } from './job-parts.ts';
import { type ClaimedJob, LANE_JOBS, type LaneJob, type LaneWork } from './job-store.ts';
import type { Store } from './store.ts';

/** A place in a lane: its jobs after `afterSeq`. */
export type LanePlace = { lane: string; afterSeq: number };

/** Contents by job id: from memory where this process asked for the job, else from their rows. */
async function contentsOf(
  store: Store,
  ids: readonly string[],
): Promise<(id: string) => JobContent | undefined> {
  const known = new Map<string, JobContent>();
  const unknown: string[] = [];
  for (const id of ids) {
    const content = store.freshJobs.contentOf(id);
    if (content) known.set(id, content);
    else unknown.push(id);
  }
  if (unknown.length > 0) {
    const { rows } = await store.pool.query<StoredContent & { id: string }>(
      'select id, payload, parts from job where id = any($1::uuid[])',
      [unknown],
    );
    const contents = await readContents(store.pool, rows);
    for (const [index, { id }] of rows.entries()) known.set(id, contents[index]!);
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
  const contentOf = await contentsOf(
    store,
    rows.map(({ id }) => id),
  );
  const jobs = new Map(names.map((name) => [name, [] as ClaimedJob[]]));
  for (const { runAtMs, ...row } of rows) {
    const content = contentOf(row.id);
    // None when it was deleted between two statements.
    if (content) jobs.get(row.lane)!.push({ runAt: new Date(Math.round(runAtMs)), ...row, ...content });
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

/** A lane that is in hand: its first jobs, and what hears of the ones that follow. */
type LaneInHand = Pick<LaneWork, 'lane' | 'jobs' | 'hand'>;

/** Makes readers that read on while the jobs at hand are done; many lanes share a statement. */
export function createReadAhead(
  store: Store,
  spec: { queue: string; jobsPerLane: number },
): (work: LaneInHand) => LaneReader {
  const reading = createGroupCommit<LanePlace, ClaimedJob[]>(
    (places) => readLaneJobs(store, spec, places),
    LANES_READ,
  );
  return ({ lane, jobs: first, hand }) => {
    let jobs = first;
    let index = 0;
    let afterSeq = 0;
    // Fewer jobs than were asked for are all that there were.
    let isWhole = first.length < spec.jobsPerLane;
    let following: Promise<ClaimedJob[]> | undefined;

    function readOn(): void {
      following = reading.submit({ lane, afterSeq: jobs.at(-1)!.seq });
      // Whoever gets so far learns of the error; whoever ends before does not want the jobs.
      following.catch(() => undefined);
    }

    /** What was asked for meanwhile, as far as it is still known. */
    function taken(): ClaimedJob[] {
      const handed = hand.take(afterSeq) ?? [];
      const claimed = handed.map((job) => claimedJob(store, lane, job));
      if (claimed.every((job) => job !== undefined)) return claimed;
      hand.lose();
      return [];
    }

    async function refill(): Promise<void> {
      if (following) {
        jobs = await following;
        following = undefined;
        isWhole = jobs.length < spec.jobsPerLane;
      } else if (isWhole) jobs = taken();
      index = 0;
    }

    return {
      async next() {
        if (index === jobs.length) await refill();
        if (!isWhole && !following && index === jobs.length >> 1) readOn();
        const job = jobs[index++];
        if (job) afterSeq = job.seq;
        else index = jobs.length;
        return job;
      },
    };
  };
}

/** A job as it would be read back; undefined when its content is no longer known here. */
function claimedJob(store: Store, lane: string, { id, seq, runAt }: HandedJob): ClaimedJob | undefined {
  const content = store.freshJobs.contentOf(id);
  return content && { id, seq, lane, attempts: 0, runAt, ...content, result: null };
}
