import type { ClaimedJob, HandlerResult, QueueSpec } from '@moothall/store';
import { type Letter, MAILS_AT_ONCE, type Mailer, MailRefusal } from '../../mailer/index.ts';
import type { World } from '../../world.ts';
import { enterOutcome, findWaitingMail, type MailOutcome, type NamedMail } from './mail.store.ts';
import { MAIL_QUEUE } from './mail-queue.ts';
import { MailUnwritable, writeMail } from './show-mail.ts';

const delays = [
  'mail.second_try_after',
  'mail.third_try_after',
  'mail.fourth_try_after',
  'mail.fifth_try_after',
  'mail.sixth_try_after',
] as const;

/** Enters what became of waiting mails and tells it to the event log and the log. */
export async function finishMails(
  world: World,
  ids: readonly string[],
  outcome: Omit<MailOutcome, 'at'>,
): Promise<void> {
  const { state, tries, reason } = outcome;
  const rows = await world.store.tx(async (tx) => {
    const entered = await enterOutcome(tx.db, ids, { ...outcome, at: world.clock.now() });
    for (const { id, kind, org_id } of entered) {
      const data = { id, kind, state, tries };
      tx.emit({ orgId: org_id ?? undefined, resource: 'mail', event: 'updated', dataId: id, data });
    }
    return entered;
  });
  const level = { sent: 'info', waiting: 'warn', dead: 'error' } as const;
  for (const { id, kind } of rows)
    world.log[level[state]]({ mailId: id, kind, tries, ...(reason !== null && { reason }) }, `mail ${state}`);
}

/** Nothing that lets somebody in may be kept or logged, whatever a mail server repeats in its answer. */
function withoutLinks(reason: string, links: readonly string[]): string {
  const secrets = links.flatMap((link) => [link, ...new URL(link).searchParams.values()]);
  return secrets.filter(Boolean).reduce((text, secret) => text.replaceAll(secret, '***'), reason);
}

async function tryOnce(
  world: World,
  mailer: Mailer,
  row: NamedMail,
): Promise<{ reason: string; isFinal: boolean } | undefined> {
  let links: string[] = [];
  try {
    const written = writeMail(world, row);
    links = written.links;
    const { subject, text, html } = written;
    const letter: Letter = { id: row.id, to: row.to_email, subject, text, html, date: row.created };
    await mailer.send(letter);
    return undefined;
  } catch (error) {
    if (error instanceof MailUnwritable) return { reason: error.message, isFinal: true };
    if (!(error instanceof MailRefusal)) throw error;
    return { reason: withoutLinks(error.message, links), isFinal: error.isFinal };
  }
}

async function send(world: World, job: ClaimedJob): Promise<HandlerResult> {
  const { mailer } = world;
  if (!mailer) return { done: { kept: 'no mail server' } };
  const row = await findWaitingMail(world.store.db, String(job.payload.mailId));
  if (!row) return { done: { kept: 'not waiting' } };
  const tries = row.tries + 1;
  const failure = await tryOnce(world, mailer, row);
  if (!failure) {
    await finishMails(world, [row.id], { state: 'sent', tries, reason: null });
    return { done: { tries } };
  }
  const { reason, isFinal } = failure;
  const delay = delays[tries - 1];
  const isDead = isFinal || delay === undefined;
  await finishMails(world, [row.id], { state: isDead ? 'dead' : 'waiting', tries, reason });
  if (isDead) return { dead: { tries, reason } };
  return {
    retryAt: new Date(world.clock.nowMs() + world.limits.get(delay) * 1000),
    result: { tries, reason },
  };
}

/**
 * The worker that hands mails to the mail server: each mail has a lane of its own and is tried six times.
 * A mail whose hand-over is cut off by the end of the process is tried again, under the same Message-ID.
 */
export function mailQueue(world: World): QueueSpec {
  return { queue: MAIL_QUEUE, lanes: MAILS_AT_ONCE, run: (job) => send(world, job) };
}
