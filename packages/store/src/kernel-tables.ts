import type { ColumnType, Generated } from 'kysely';

/** A JSON column: read as parsed, written as text. */
export type JsonColumn<T> = ColumnType<T, string, string>;

/** The event log: one row a mutation, written in the mutation's own transaction. */
export type EventTable = {
  /** Transaction that wrote it; with `seq` the reader's cursor. */
  tx: Generated<string>;
  seq: Generated<number>;
  at: Date;
  org_id: string | null;
  room_id: string | null;
  actor_id: string | null;
  app_id: string | null;
  resource: string;
  event: string;
  data_id: string;
  data: JsonColumn<Record<string, unknown>>;
  trace_id: string | null;
};

/** How far each reader of the event log has come. */
export type CursorTable = { reader: string; tx: string; seq: number };

/** State of a job. */
export type JobState = 'pending' | 'done' | 'dead';

/** Work that was asked for in the transaction that caused it. Finished rows are kept as its log. */
export type JobTable = {
  id: string;
  /** Order within the lane: ids of several processes, or under a frozen clock, have none. */
  seq: Generated<number>;
  queue: string;
  lane: string;
  run_at: Date;
  attempts: number;
  state: JobState;
  /** Its own; what it shares with other jobs stands in its parts. */
  payload: JsonColumn<Record<string, unknown>>;
  /** Parts of the payload, the first ones first; a later key wins, and the job's own wins over all. */
  parts: string[] | null;
  result: JsonColumn<Record<string, unknown>> | null;
  created: Date;
  finished_at: Date | null;
};

/** What jobs of one transaction have in common, stored once. */
export type JobPartTable = {
  id: string;
  queue: string;
  payload: JsonColumn<Record<string, unknown>>;
  created: Date;
};

/** A lane runs one job at a time, in order; the row says when it is next due and who has it. */
export type LaneTable = {
  queue: string;
  lane: string;
  run_at: Date;
  version: number;
  leased_by: number | null;
  /** No job of the lane up to this one is pending. */
  after_seq: Generated<number>;
};

/** Small facts of a world: its clock, whether its file was loaded. */
export type StateTable = { name: string; value: JsonColumn<unknown> };

/** Tables that the store itself owns. */
export type KernelTables = {
  event: EventTable;
  cursor: CursorTable;
  job: JobTable;
  job_part: JobPartTable;
  lane: LaneTable;
  state: StateTable;
};
