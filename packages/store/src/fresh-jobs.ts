import { createHandedLanes, type HandedLanes } from './handed-lanes.ts';
import type { JobContent } from './job-parts.ts';
import type { InsertedJobs, NewJob } from './job-store.ts';

/** Jobs that this process asked for, so that its own workers need not read them back. */
export interface FreshJobs {
  /** Lanes in hand here, which are given what is asked for in them. */
  readonly lanes: HandedLanes;
  /**
   * Remembers the jobs of a queue from now on, since a worker of it runs here.
   * @param isHanded whether they are also given to lanes in hand
   * @returns the end of that
   */
  keepFor(queue: string, isHanded: boolean): () => void;
  /** Whether any of these jobs might be given to a lane in hand. */
  mayHand(jobs: readonly NewJob[]): boolean;
  /**
   * Takes committed jobs in; those of other queues and those beyond the limit are not kept.
   * @returns the queues of which a worker must look
   */
  remember(jobs: readonly NewJob[], inserted: InsertedJobs): Set<string>;
  /** What a job is about; undefined when it is not known here. */
  contentOf(id: string): JobContent | undefined;
  /** Lets go of a job that its worker is done with. */
  forget(id: string): void;
}

type Entry = { job: NewJob; atMs: number };

/** Jobs kept at most: parts are shared, so that one costs about a kilobyte. */
const KEPT_MAX = 32_768;
/** After this time a job was done by another process, or it has waited so long that reading it costs nothing. */
const KEPT_MS = 60_000;

/** Makes the memory of one store. It is a copy only: what to do, and in which order, the tables say. */
export function createFreshJobs(): FreshJobs {
  const workers = new Map<string, number>();
  const handed = new Map<string, number>();
  const entries = new Map<string, Entry>();
  const lanes = createHandedLanes();

  function dropStale(nowMs: number): void {
    for (const [id, { atMs }] of entries) {
      if (nowMs - atMs < KEPT_MS) return;
      entries.delete(id);
    }
  }

  function keep(jobs: readonly NewJob[], ids: readonly string[]): void {
    const atMs = performance.now();
    dropStale(atMs);
    for (const [index, job] of jobs.entries()) {
      // The older ones are kept: they come first.
      if (entries.size >= KEPT_MAX) return;
      if ((workers.get(job.queue) ?? 0) > 0) entries.set(ids[index]!, { job, atMs });
    }
  }

  return {
    lanes,
    keepFor(queue, isHanded) {
      const counts = isHanded ? [workers, handed] : [workers];
      for (const count of counts) count.set(queue, (count.get(queue) ?? 0) + 1);
      return () => {
        for (const count of counts) count.set(queue, count.get(queue)! - 1);
      };
    },
    mayHand: (jobs) => jobs.some(({ queue }) => (handed.get(queue) ?? 0) > 0),
    remember(jobs, { ids, batches }) {
      keep(jobs, ids);
      const isKept = batches.every((batch) => batch.jobs.every(({ id }) => entries.has(id)));
      const left = isKept ? batches.filter((batch) => !lanes.give(batch)) : batches;
      return new Set((batches.length === 0 ? jobs : left).map(({ queue }) => queue));
    },
    contentOf(id) {
      const job = entries.get(id)?.job;
      return job && { payload: job.payload, parts: job.parts ?? [] };
    },
    forget(id) {
      entries.delete(id);
    },
  };
}
