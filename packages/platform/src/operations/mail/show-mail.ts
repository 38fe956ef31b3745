import type { World } from '../../world.ts';
import { findMails, type NamedMail } from './mail.store.ts';
import type { MailState } from './mail.table.ts';
import { openMailSecrets } from './queue-mail.ts';
import { isMailKind, type RenderedMail, renderMail } from './render-mail.ts';

/** A mail that cannot be written. */
export class MailUnwritable extends Error {}

function secretLinkOf(world: World, { data }: NamedMail): string | undefined {
  try {
    return openMailSecrets(world, data).link;
  } catch {
    throw new MailUnwritable('its link was sealed with another secret key');
  }
}

/** A mail of the outbox in its words. @throws MailUnwritable for an unknown kind, another secret key, a bad link */
export function writeMail(world: World, row: NamedMail): RenderedMail {
  if (!isMailKind(row.kind)) throw new MailUnwritable(`there are no words for a mail '${row.kind}'`);
  const secretLink = secretLinkOf(world, row);
  const { publicUrl, supportContact } = world.config;
  const values = { ...row.data, to: row.to_email, inviter: row.inviter, org: row.org ?? 'Moothall' };
  try {
    return renderMail(row.kind, { values, secretLink, publicUrl, supportContact });
  } catch (error) {
    if (error instanceof RangeError) throw new MailUnwritable(error.message);
    throw error;
  }
}

/** A mail of the outbox as the lab shows it, links included while the mail waits. */
export type ShownMail = {
  id: string;
  kind: string;
  to: string;
  state: MailState;
  tries: number;
  created: Date;
  sentAt: Date | undefined;
  /** Why the last try failed. */
  reason: string | undefined;
} & Pick<RenderedMail, 'subject' | 'text' | 'links'>;

function show(world: World, row: NamedMail): ShownMail {
  const { id, kind, to_email: to, state, tries, created, sent_at, last_error } = row;
  const facts = { id, kind, to, state, tries, created, sentAt: sent_at ?? undefined };
  try {
    const { subject, text, links } = writeMail(world, row);
    return { ...facts, reason: last_error ?? undefined, subject, text, links };
  } catch (error) {
    if (!(error instanceof MailUnwritable)) throw error;
    return { ...facts, reason: error.message, subject: '', text: '', links: [] };
  }
}

/** Mails of the outbox, newest first; for the lab only, since links that let somebody in are among them. */
export async function listMails(
  world: World,
  filter: { to?: string | undefined; limit: number },
): Promise<ShownMail[]> {
  return (await findMails(world.store.db, filter)).map((row) => show(world, row));
}
