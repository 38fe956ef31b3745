import { resource } from '../../resource.ts';
import { mailMigrations } from './mail.table.ts';

export type { MailOutboxTable } from './mail.table.ts';
export { type NewMail, openMailSecrets, queueMail } from './queue-mail.ts';

/** Mails that wait to be sent. */
export const mail = resource({
  name: 'mail',
  area: 'operations',
  operations: [],
  migrations: mailMigrations,
});
