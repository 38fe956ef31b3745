import type { ClaimedJob } from './job-store.ts';

/** How a handler asks to be called again. */
export type Retry = { retryAt: Date; result: Record<string, unknown> };

/** What a handler answers: done, dead (to the dead letters), or a later try that holds its lane. */
export type HandlerResult = { done: Record<string, unknown> } | { dead: Record<string, unknown> } | Retry;

/** What a job that takes long asks its worker, and tells it. */
export interface JobProgress {
  /** Whether it should ask for a later try as soon as it can: the worker stops, or other lanes are to have their turn. */
  isOver(): boolean;
  /**
   * Keeps what has been done so far, as the `result` with which a worker goes on after a crash.
   * @param result is asked only when it is stored: a few times a second at most
   */
  keep(result: () => Record<string, unknown>): void;
}

/** Work of one queue. */
export type QueueSpec = {
  queue: string;
  /** Does one job; a throw counts as `dead` with the error's name. */
  run(job: ClaimedJob, attempt: number, progress: JobProgress): Promise<HandlerResult>;
  /** Lanes in hand at once; 64 unless said. */
  lanes?: number;
  /** Jobs taken of one lane at a time; 64 unless said. */
  jobsPerLane?: number;
  /**
   * How long a lane that has no more jobs stays in hand, in real milliseconds, so that what this process asks for in
   * it is done at once; it is given back at once unless said. For queues whose lanes get job after job.
   */
  lingerMs?: number;
  /**
   * The queue has one job that is asked for by nobody and runs again each time this many
   * milliseconds of the world's time have passed, in whichever process is free.
   */
  everyMs?: number;
};

/** Lane of the job that a queue with `everyMs` has. */
export const SCHEDULE_LANE = 'schedule';

/** Pause after an error of the database, in real milliseconds. */
export const ERROR_PAUSE_MS = 200;
