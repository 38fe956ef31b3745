import { resource } from '../../resource.ts';
import { mailMigrations } from './mail.table.ts';
import { mailQueue } from './send-mail.ts';
import { mailSweepQueue } from './sweep-mails.ts';

export type { MailOutboxTable, MailState } from './mail.table.ts';
export { inspectMails, type MailReport } from './mail-report.store.ts';
export { type NewMail, openMailSecrets, queueMail } from './queue-mail.ts';
export type { MailKind } from './render-mail.ts';
export { listMails, type ShownMail } from './show-mail.ts';

/** The outbox of mails, and what hands them to the operator's mail server. */
export const mail = resource({
  name: 'mail',
  area: 'operations',
  operations: [],
  migrations: mailMigrations,
  queues: (world) => [mailQueue(world), mailSweepQueue(world)],
});
