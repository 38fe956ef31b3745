import type { Uuid } from '@moothall/core';
import type { Tx } from '@moothall/store';
import type { AuditCategory } from './audit-categories.data.ts';

/** Something that administrators may want to know of later. */
export type AuditEntry = {
  /** The organisation that it happened in. */
  orgId: Uuid;
  category: AuditCategory;
  /** What it was done to; `name` as it was then. */
  target: { type: string; id: string; name: string };
  /** One sentence in the past tense, without secrets. */
  actionText: string;
};

/** `data` of the event `audit:created`. */
export type AuditData = Pick<AuditEntry, 'category' | 'target' | 'actionText'> & {
  actorOrgId: Uuid;
  actorUserAgent?: string;
  actorIp?: string;
};

/** Who did it, as a handler's request has it. */
export type AuditCause = {
  actor: { personId: Uuid; orgId: Uuid };
  trace: { trackingId: string };
  headers?: Record<string, string | undefined>;
  remoteAddress?: string;
};

/**
 * Notes an action of an administrator or owner, in the transaction that does it, as the event
 * `audit:created`; the audit log is read from the event log.
 */
export function recordAudit(tx: Tx, cause: AuditCause, entry: AuditEntry): void {
  const { orgId, category, target, actionText } = entry;
  const { actor, trace, headers, remoteAddress } = cause;
  const data: AuditData = {
    category,
    target,
    actionText,
    actorOrgId: actor.orgId,
    ...(headers?.['user-agent'] !== undefined && { actorUserAgent: headers['user-agent'].slice(0, 512) }),
    ...(remoteAddress !== undefined && { actorIp: remoteAddress }),
  };
  tx.emit({
    orgId,
    actorId: actor.personId,
    traceId: trace.trackingId,
    resource: 'audit',
    event: 'created',
    dataId: target.id,
    data,
  });
}
