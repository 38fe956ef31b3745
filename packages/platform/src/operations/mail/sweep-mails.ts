import type { QueueSpec } from '@moothall/store';
import type { World } from '../../world.ts';
import { deleteFinishedMails, findForgottenMails } from './mail.store.ts';
import { MAIL_QUEUE } from './mail-queue.ts';
import { finishMails } from './send-mail.ts';

const EVERY_MS = 21_600_000;

/** Asks for mails that nobody sends, and gives up those that came before there was a mail server, long ago. */
async function attend(world: World): Promise<Record<string, number>> {
  const oldest = world.clock.nowMs() - world.limits.get('mail.waits_for_server') * 1000;
  const forgotten = await findForgottenMails(world.store.db, MAIL_QUEUE);
  // One that was tried is on its way: its job was lost, not its mail server.
  const isLate = (mail: (typeof forgotten)[number]) => mail.tries === 0 && mail.created.getTime() < oldest;
  const late = forgotten.filter(isLate).map(({ id }) => id);
  const reason = 'there was no mail server when it was written, nor soon after';
  if (late.length > 0) await finishMails(world, late, { state: 'dead', tries: 0, reason });
  const asked = forgotten.filter((mail) => !isLate(mail));
  await world.store.tx(async (tx) => {
    for (const { id } of asked) tx.enqueue({ queue: MAIL_QUEUE, lane: id, payload: { mailId: id } });
  });
  return { asked: asked.length, late: late.length };
}

/**
 * Every six hours: sends what waited for a mail server, unless it waited longer than
 * `mail.waits_for_server`, and forgets what was sent or given up before `mail.log_kept`.
 */
export function mailSweepQueue(world: World): QueueSpec {
  return {
    queue: 'operations.mail_sweep',
    everyMs: EVERY_MS,
    async run() {
      const before = new Date(world.clock.nowMs() - world.limits.get('mail.log_kept') * 1000);
      const deleted = await deleteFinishedMails(world.store.db, MAIL_QUEUE, before);
      return { done: { deleted, ...(world.mailer && (await attend(world))) } };
    },
  };
}
