import type { Mount } from '@moothall/http';
import { listMails, type ShownMail } from '@moothall/platform';
import type { LabParts } from '../lab-parts.ts';
import { listLabMails } from './lab-mails.contract.ts';

function present({ created, sentAt, reason, ...mail }: ShownMail) {
  return {
    ...mail,
    created: created.toISOString(),
    ...(sentAt && { sent: sentAt.toISOString() }),
    ...(reason !== undefined && { reason }),
  };
}

/** Ties the operation of the outbox to its verb. */
export function mountLabMails(mount: Mount, { world }: LabParts): void {
  mount(listLabMails, async ({ query }) => {
    const mails = await listMails(world, { to: query.to, limit: query.max });
    return { items: mails.map(present) };
  });
}
