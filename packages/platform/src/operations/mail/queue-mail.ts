import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { World } from '../../world.ts';
import { insertMail } from './mail.store.ts';
import { MAIL_QUEUE } from './mail-queue.ts';
import type { MailKind } from './render-mail.ts';

/** A mail to somebody, without its words. */
export type NewMail = {
  kind: MailKind;
  toEmail: string;
  /** Values of the mail's words; no secrets. */
  data: Record<string, unknown>;
  /** Values that let somebody in: the `link`; they are kept sealed until the mail is sent. */
  secrets?: Readonly<Record<string, string>>;
  /** Organisation on whose behalf it goes. */
  orgId: Uuid;
  actorId?: string | undefined;
  appId?: string | undefined;
  traceId?: string | undefined;
};

const SEALED = 'sealed';

function storedData(world: World, { data, secrets }: Pick<NewMail, 'data' | 'secrets'>): string {
  if (secrets === undefined) return JSON.stringify(data);
  return JSON.stringify({ ...data, [SEALED]: world.secrets.seal(JSON.stringify(secrets)) });
}

/** The secrets of a mail's row, for whoever sends it. @throws Error when the secret key is another now */
export function openMailSecrets(
  world: Pick<World, 'secrets'>,
  data: Record<string, unknown>,
): Record<string, string> {
  const sealed = data[SEALED];
  return typeof sealed === 'string' ? (JSON.parse(world.secrets.open(sealed)) as Record<string, string>) : {};
}

/**
 * Puts a mail into the outbox, with the rows that cause it, asks for its sending and emits `mail:created`.
 * Without a mail server it stays there. @returns its id
 */
export async function queueMail(world: World, tx: Tx, request: NewMail): Promise<Uuid> {
  const { kind, toEmail, data: _data, secrets: _secrets, ...cause } = request;
  const id = world.ids.uuid();
  await insertMail(tx.db, {
    id,
    kind,
    to_email: toEmail,
    data: storedData(world, request),
    created: world.clock.now(),
    org_id: request.orgId,
  });
  tx.enqueue({ queue: MAIL_QUEUE, lane: id, payload: { mailId: id } });
  tx.emit({ ...cause, resource: 'mail', event: 'created', dataId: id, data: { id, kind } });
  return id;
}
