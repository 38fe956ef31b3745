import type { Migration } from './migrator.ts';

/** Tables of the store itself. `xid8` orders events by the transaction that wrote them. */
export const kernelMigrations: readonly Migration[] = [
  {
    name: '202611220900_kernel_event_log',
    phase: 'expand',
    sql: `
      create table event (
        tx xid8 not null default pg_current_xact_id(),
        seq bigint generated always as identity,
        at timestamptz not null,
        org_id uuid, room_id uuid, actor_id uuid, app_id text,
        resource text not null, event text not null,
        data_id text not null, data jsonb not null, trace_id text,
        primary key (tx, seq)
      );
      create index event_room on event (room_id, tx, seq);
      create table cursor (reader text primary key, tx xid8 not null, seq bigint not null);
      create table state (name text primary key, value jsonb not null);
    `,
  },
  {
    name: '202611220901_kernel_jobs',
    phase: 'expand',
    sql: `
      create table job (
        id uuid primary key, queue text not null, lane text not null,
        run_at timestamptz not null, attempts integer not null default 0,
        state text not null default 'pending' check (state in ('pending', 'done', 'dead')),
        payload jsonb not null, result jsonb,
        created timestamptz not null, finished_at timestamptz
      ) with (fillfactor = 70);
      create index job_pending on job (queue, lane, id) where state = 'pending';
      create index job_finished on job (queue, lane, id) where state <> 'pending';
      create table lane (
        queue text not null, lane text not null, run_at timestamptz not null,
        version bigint not null default 0, leased_by integer,
        primary key (queue, lane)
      ) with (fillfactor = 50);
      create index lane_due on lane (queue, run_at) where leased_by is null;
      create sequence worker_number as integer cycle;
    `,
  },
  {
    name: '202611221030_kernel_job_order',
    phase: 'expand',
    sql: `
      alter table job add column seq bigint generated always as identity;
      drop index job_pending;
      drop index job_finished;
      create index job_pending on job (queue, lane, seq) where state = 'pending';
      create index job_finished on job (queue, lane, seq) where state <> 'pending';
    `,
  },
  {
    // No index knows a job's state, so that its completion moves no index entry: a quarter of the cost.
    name: '202611221031_kernel_job_floor',
    phase: 'expand',
    sql: `
      drop index job_pending;
      drop index job_finished;
      create index job_lane on job (queue, lane, seq);
      alter table job set (fillfactor = 60);
      alter table lane add column after_seq bigint not null default 0;
    `,
  },
  {
    // `json` and not `jsonb`: the text of a part stays as it was written.
    name: '202611222230_kernel_job_parts',
    phase: 'expand',
    sql: `
      create table job_part (
        id uuid primary key, queue text not null, payload json not null, created timestamptz not null
      );
      alter table job add column parts uuid[];
    `,
  },
];
