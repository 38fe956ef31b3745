import type { Database } from '@moothall/store';
import { sql } from 'kysely';
import type { MailOutboxTable, MailRow, MailState } from './mail.table.ts';

type Tables = { mail_outbox: MailOutboxTable };

/** A mail with the names that its words tell. */
export type NamedMail = MailRow & {
  /** Who asked for it, by `data.invitedBy`. */
  inviter: string | null;
  /** The organisation that it comes from: the inviter's where somebody invites. */
  org: string | null;
};

const NAMED = sql`
  select m.*, p.display_name as inviter, coalesce(po.display_name, o.display_name) as org
  from mail_outbox m
  left join person p on p.id = (m.data ->> 'invitedBy')::uuid
  left join org po on po.id = p.org_id
  left join org o on o.id = m.org_id`;

/** Puts a mail into the outbox. */
export async function insertMail(
  db: Database,
  row: Pick<MailRow, 'id' | 'kind' | 'to_email' | 'created' | 'org_id'> & { data: string },
): Promise<void> {
  await db.withTables<Tables>().insertInto('mail_outbox').values(row).execute();
}

/** A mail that waits to be sent; undefined when it was sent or given up meanwhile. */
export async function findWaitingMail(db: Database, id: string): Promise<NamedMail | undefined> {
  const { rows } = await sql<NamedMail>`${NAMED} where m.id = ${id} and m.state = 'waiting'`.execute(db);
  return rows[0];
}

/** Mails, newest first. @param filter `to` is compared without regard to case */
export async function findMails(
  db: Database,
  { to, limit }: { to?: string | undefined; limit: number },
): Promise<NamedMail[]> {
  const whose = to === undefined ? sql`true` : sql`lower(m.to_email) = lower(${to})`;
  const { rows } = await sql<NamedMail>`
    ${NAMED} where ${whose} order by m.created desc, m.id desc limit ${limit}`.execute(db);
  return rows;
}

/** What a try leaves in a mail's row. */
export type MailOutcome = { state: MailState; tries: number; at: Date; reason: string | null };

/** Enters what became of mails that wait; with the wait their sealed secrets end. @returns those that waited */
export async function enterOutcome(
  db: Database,
  ids: readonly string[],
  { state, tries, at, reason }: MailOutcome,
): Promise<Pick<MailRow, 'id' | 'kind' | 'org_id'>[]> {
  const { rows } = await sql<Pick<MailRow, 'id' | 'kind' | 'org_id'>>`
    update mail_outbox set state = ${state}, tries = ${tries}, last_try_at = ${at}, last_error = ${reason},
      sent_at = ${state === 'sent' ? at : null},
      data = case when ${state} = 'waiting' then data else data - 'sealed' end
    where id = any(${ids}::uuid[]) and state = 'waiting' returning id, kind, org_id`.execute(db);
  return rows;
}

/** Mails that wait although no job is there to send them, oldest first; 500 at most. */
export async function findForgottenMails(
  db: Database,
  queue: string,
): Promise<{ id: string; created: Date; tries: number }[]> {
  const { rows } = await sql<{ id: string; created: Date; tries: number }>`
    select id, created, tries from mail_outbox m
    where state = 'waiting' and not exists (
      select 1 from job where job.queue = ${queue} and job.lane = m.id::text and job.state = 'pending')
    order by created limit 500`.execute(db);
  return rows;
}

/** Deletes mails that were sent or given up before a time, and the jobs of a queue that ended before it. */
export async function deleteFinishedMails(db: Database, queue: string, before: Date): Promise<number> {
  await sql`
    delete from job where queue = ${queue} and state <> 'pending' and finished_at < ${before}`.execute(db);
  const { rows } = await sql<{ id: string }>`
    delete from mail_outbox where state <> 'waiting' and last_try_at < ${before} returning id`.execute(db);
  return rows.length;
}

/** How many mails are in which state. */
export async function countMails(db: Database): Promise<Record<MailState, number>> {
  const { rows } = await sql<{ state: MailState; count: number }>`
    select state, count(*)::int as count from mail_outbox group by state`.execute(db);
  const counts = { waiting: 0, sent: 0, dead: 0 };
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}
