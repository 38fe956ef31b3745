import type { Database } from '@moothall/store';
import { sql } from 'kysely';

/** How many people somebody watches at a time, beside some. */
export async function countOthers(
  db: Database,
  watcherId: string,
  subjectIds: readonly string[],
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from presence_subscription
    where watcher_id = ${watcherId} and expires_at > ${now}
      and subject_id <> all (${[...subjectIds]}::uuid[])`.execute(db);
  return rows[0]!.count;
}

/** Has somebody watch people until a time, those whom they watch already too. */
export async function putSubscriptions(
  db: Database,
  watcherId: string,
  subjectIds: readonly string[],
  expires: Date,
): Promise<void> {
  await sql`
    insert into presence_subscription (watcher_id, subject_id, expires_at)
    select ${watcherId}::uuid, subject_id, ${expires}::timestamptz
    from unnest(${[...subjectIds]}::uuid[]) as subject_id
    on conflict (watcher_id, subject_id) do update set expires_at = excluded.expires_at`.execute(db);
}

/** Has somebody watch people no more. */
export async function deleteSubscriptions(
  db: Database,
  watcherId: string,
  subjectIds: readonly string[],
): Promise<void> {
  await sql`
    delete from presence_subscription
    where watcher_id = ${watcherId} and subject_id = any (${[...subjectIds]}::uuid[])`.execute(db);
}

/** Ends what a person watches, and who watches them. */
export async function deleteAllOf(db: Database, personId: string): Promise<void> {
  await sql`delete from presence_subscription where watcher_id = ${personId} or subject_id = ${personId}`.execute(
    db,
  );
}

/** Forgets subscriptions that are over. */
export async function deleteExpired(db: Database, now: Date): Promise<void> {
  await sql`delete from presence_subscription where expires_at <= ${now}`.execute(db);
}

/** Forgets finished jobs of a queue. */
export async function deleteFinishedJobs(db: Database, queue: string, before: Date): Promise<void> {
  await sql`
    delete from job where queue = ${queue} and state <> 'pending' and finished_at < ${before}`.execute(db);
}

/** Who watches whom, and in which organisation. */
export type Watching = { subjectId: string; watcherId: string; orgId: string };

/** Who watches people at a time: colleagues of theirs who share their own presence, whatever the others' settings. */
export async function findWatching(
  db: Database,
  subjectIds: readonly string[],
  now: Date,
): Promise<Watching[]> {
  const { rows } = await sql<Watching>`
    select subject.id as "subjectId", watcher.id as "watcherId", watcher.org_id as "orgId"
    from presence_subscription subscription
    join person subject on subject.id = subscription.subject_id
    join person watcher on watcher.id = subscription.watcher_id
    where subscription.subject_id = any (${[...subjectIds]}::uuid[]) and subscription.expires_at > ${now}
      and watcher.deleted_at is null and watcher.org_id = subject.org_id
      and (watcher.type <> 'appuser' or watcher.id = subject.id)
      and coalesce((watcher.profile->>'sharesPresence')::boolean, true)`.execute(db);
  return rows;
}
