import type { Ids } from '@moothall/core';
import { type Kysely, sql } from 'kysely';
import type { KernelTables } from './kernel-tables.ts';
import type { ReopenablePool } from './pool.ts';

/** What several jobs have in common: a piece of their payloads, known by its identity. */
export type JobPart = Readonly<Record<string, unknown>>;

/** One that was purged since. */
const NO_PART: JobPart = {};

type WithParts = { queue: string; parts?: readonly JobPart[] };

/** Writes each part of some jobs once. @returns the ids under which they were written */
export async function insertParts(
  db: Kysely<KernelTables>,
  jobs: readonly WithParts[],
  { now, ids }: { now: Date; ids: Ids },
): Promise<Map<JobPart, string>> {
  const known = new Map<JobPart, string>();
  const rows = { ids: [] as string[], queues: [] as string[], payloads: [] as string[] };
  for (const { queue, parts = [] } of jobs) {
    for (const part of parts) {
      if (known.has(part)) continue;
      const id = ids.uuid();
      known.set(part, id);
      rows.ids.push(id);
      rows.queues.push(queue);
      rows.payloads.push(JSON.stringify(part));
    }
  }
  if (known.size === 0) return known;
  // Each by itself: functions that take records out of JSON refuse some escapes, the type refuses none.
  await sql`
    insert into job_part (id, queue, payload, created)
    select id, queue, payload, ${now}::timestamptz
    from unnest(${rows.ids}::uuid[], ${rows.queues}::text[], ${rows.payloads}::json[])
      as part (id, queue, payload)`.execute(db);
  return known;
}

/** What a job is about: its own, and the parts that it shares, in their order. */
export type JobContent = { payload: Record<string, unknown>; parts: readonly JobPart[] };

/** A content as it is stored: the parts by their ids. */
export type StoredContent = { payload: Record<string, unknown>; parts: readonly string[] | null };

/** Parts and payload as one: a later part's key wins, and the payload's own wins over all. */
export function mergedPayload({ payload, parts }: JobContent): Record<string, unknown> {
  return parts.length === 0 ? payload : Object.assign({}, ...parts, payload);
}

/** Reads the parts of stored contents. @returns the contents in their order */
export async function readContents(
  pool: ReopenablePool,
  stored: readonly StoredContent[],
): Promise<JobContent[]> {
  const ids = new Set(stored.flatMap(({ parts }) => parts ?? []));
  const known = new Map<string, JobPart>();
  if (ids.size > 0) {
    const { rows } = await pool.query<{ id: string; payload: JobPart }>(
      'select id, payload from job_part where id = any($1::uuid[])',
      [[...ids]],
    );
    for (const { id, payload } of rows) known.set(id, payload);
  }
  const partOf = (id: string): JobPart => known.get(id) ?? NO_PART;
  return stored.map(({ payload, parts }) => ({ payload, parts: parts?.map(partOf) ?? [] }));
}
