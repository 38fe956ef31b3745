import { mergedPayload } from './job-parts.ts';
import type { NewJob } from './job-store.ts';

/** Payloads of jobs that this process asked for, so that its own workers need not read them back. */
export interface FreshJobs {
  /** Remembers the jobs of a queue from now on, since a worker of it runs here. @returns the end of that */
  keepFor(queue: string): () => void;
  /** Takes committed jobs in; those of other queues and those beyond the limit are not kept. */
  remember(jobs: readonly NewJob[], ids: readonly string[]): void;
  /** The payload of a job with its parts; undefined when it is not known here. */
  payloadOf(id: string): Record<string, unknown> | undefined;
  /** Lets go of a job that its worker is done with. */
  forget(id: string): void;
}

type Entry = { job: NewJob; atMs: number };

/** Jobs kept at most: parts are shared, so that one costs about a kilobyte. */
const KEPT_MAX = 16_384;
/** After this time a job was done by another process, or it has waited so long that reading it costs nothing. */
const KEPT_MS = 60_000;

/** Makes the memory of one store. It is a copy only: what to do, and in which order, the tables say. */
export function createFreshJobs(): FreshJobs {
  const workers = new Map<string, number>();
  const entries = new Map<string, Entry>();

  function dropStale(nowMs: number): void {
    for (const [id, { atMs }] of entries) {
      if (nowMs - atMs < KEPT_MS) return;
      entries.delete(id);
    }
  }

  return {
    keepFor(queue) {
      workers.set(queue, (workers.get(queue) ?? 0) + 1);
      return () => workers.set(queue, workers.get(queue)! - 1);
    },
    remember(jobs, ids) {
      const atMs = performance.now();
      dropStale(atMs);
      for (const [index, job] of jobs.entries()) {
        // The older ones are kept: they come first.
        if (entries.size >= KEPT_MAX) return;
        if ((workers.get(job.queue) ?? 0) > 0) entries.set(ids[index]!, { job, atMs });
      }
    },
    payloadOf(id) {
      const job = entries.get(id)?.job;
      return job && mergedPayload(job.payload, job.parts);
    },
    forget(id) {
      entries.delete(id);
    },
  };
}
