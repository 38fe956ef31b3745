import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import type { MailOutboxTable } from './mail.table.ts';

type Tables = { mail_outbox: MailOutboxTable };

/** A mail to somebody, without its words. */
export type NewMail = {
  /** Which mail it is, such as `invitation`. */
  kind: string;
  toEmail: string;
  /** Values of the mail's words; no secrets. */
  data: Record<string, unknown>;
  /** Organisation on whose behalf it goes. */
  orgId: Uuid;
  actorId?: string | undefined;
  appId?: string | undefined;
  traceId?: string | undefined;
};

/** Puts a mail into the outbox, with the rows that cause it, and emits `mail:created`. @returns its id */
export async function queueMail(world: World, tx: Tx, request: NewMail): Promise<Uuid> {
  const { kind, toEmail, data, ...cause } = request;
  const id = world.ids.uuid();
  await tx.db
    .withTables<Tables>()
    .insertInto('mail_outbox')
    .values({ id, kind, to_email: toEmail, data: JSON.stringify(data), created: world.clock.now() })
    .execute();
  tx.emit({ ...cause, resource: 'mail', event: 'created', dataId: id, data: { id, kind } });
  return id;
}
