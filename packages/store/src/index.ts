export * from './backup/index.ts';
export * from './blobs/index.ts';
export * from './embedded/index.ts';
export { eventRow, type NewEvent, type StoredEvent } from './events.ts';
export { type LogSlice, readLog } from './follow-log.ts';
export { decodePosition, encodePosition, type FollowPosition } from './follow-position.ts';
export type { FollowedEvent } from './followed-event.ts';
export { type Follower, type FollowerSpec, startFollower } from './follower.ts';
export { createGroupCommit, type GroupCommit } from './group-commit.ts';
export type { Handoff, TakeBatch } from './handoff.ts';
export { type DatabaseReport, inspectDatabase } from './inspect-database.ts';
export {
  type JobContent,
  type JobPart,
  mergedPayload,
  readContents,
  type StoredContent,
} from './job-parts.ts';
export type { ClaimedJob, NewJob } from './job-store.ts';
export { ensureScheduled, startWorkers, type Worker } from './jobs.ts';
export { kernelMigrations } from './kernel-migrations.ts';
export type { JobState, JobTable, JsonColumn, KernelTables, StateTable } from './kernel-tables.ts';
export { type Listener, startListener } from './listen.ts';
export { type Migration, migrate } from './migrator.ts';
export { NatsUnavailable, natsOptions, startNats } from './nats.ts';
export type { Others, Tell } from './others.ts';
export { type DatabaseAddress, type PoolSettings, ReopenablePool } from './pool.ts';
export type { HandlerResult, JobProgress, QueueSpec, Retry } from './queue-spec.ts';
export { type Reader, type ReaderSpec, startReader } from './reader.ts';
export type { Signals } from './signals.ts';
export { type Database, openStore, type Store, type StoreSettings, type Tx } from './store.ts';
export { createTransactionCheck, type TransactionCheck } from './transaction-check.ts';
export { ensureWorldDatabase, type WorldDatabase } from './world-database.ts';
export { EPOCH_STATE, readEpoch } from './world-epoch.ts';
