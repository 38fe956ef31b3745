import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import { type AuditCategory, recordAudit } from '../../operations/audit/index.ts';
import type { Caller } from './access-app.ts';
import type { AppRow } from './apps.store.ts';

/** Who causes an event: the caller. */
export function causeOf({ actor, trace }: Caller): { actorId: Uuid; traceId: string } {
  return { actorId: actor.personId, traceId: trace.trackingId };
}

/**
 * Emits `apps:{event}` and notes it for the audit log.
 * @param what what was done, after the doer's name: `deleted the bot Echo`
 */
export function reportApp(
  tx: Tx,
  caller: Caller,
  app: Pick<AppRow, 'id' | 'kind' | 'name' | 'org_id' | 'client_id'>,
  entry: { event?: 'updated' | 'deleted'; category: AuditCategory; what: string },
): void {
  const orgId = app.org_id as Uuid;
  const data = { id: app.id, kind: app.kind, clientId: app.client_id };
  if (entry.event) {
    const subject = { orgId, resource: 'apps', event: entry.event, dataId: app.id, data };
    tx.emit({ ...causeOf(caller), ...subject });
  }
  recordAudit(tx, caller, {
    orgId,
    category: entry.category,
    target: { type: app.kind, id: app.id, name: app.name },
    actionText: `${caller.actor.displayName} ${entry.what}`,
  });
}

/** What a kind of app is called in a sentence. */
export const kindWords: Readonly<Record<AppRow['kind'], string>> = {
  bot: 'bot',
  integration: 'integration',
  guest_issuer: 'guest issuer',
  service_app: 'service app',
  embedded: 'embedded app',
};
