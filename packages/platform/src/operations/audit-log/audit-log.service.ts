import { ApiError, type Uuid } from '@moothall/core';
import type { Decider } from '../../authorize.ts';
import { accessOrganizationId } from '../../identity/organizations/index.ts';
import { decodeKeyset } from '../../paging.ts';
import { auditCategories } from '../audit/index.ts';
import { auditErrors } from './audit-log.errors.ts';
import type { AuditFilter } from './audit-log.store.ts';

/** What a request narrows the audit log to. */
export type AuditQuery = {
  orgId?: Uuid | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  actorId?: Uuid | undefined;
  eventCategories?: readonly string[] | undefined;
  cursor?: string | undefined;
};

function yearAfter(time: Date): number {
  return new Date(time).setUTCFullYear(time.getUTCFullYear() + 1);
}

/** @throws ApiError `audit.range_too_long` for more than a year (documented) */
export function assertWithinYear({ from, to }: { from: Date; to: Date }): void {
  if (to.getTime() > yearAfter(from)) throw new ApiError(auditErrors['audit.range_too_long']);
}

/**
 * What the administrator may look at of what they asked for: their own organisation's log.
 * @throws ApiError `organization.not_found`, `audit.range_reversed`, `audit.unknown_category`, 400 for a
 *   cursor that is none
 */
export function auditFilterOf(decider: Decider, query: AuditQuery): AuditFilter {
  const { from, to, actorId, eventCategories, cursor } = query;
  const orgId = accessOrganizationId(decider, query.orgId);
  if (from && to && from >= to) throw new ApiError(auditErrors['audit.range_reversed']);
  if (eventCategories?.some((name) => !Object.hasOwn(auditCategories, name)))
    throw new ApiError(auditErrors['audit.unknown_category']);
  const place = cursor === undefined ? undefined : decodeKeyset(cursor, { byTime: true });
  return {
    orgId,
    from,
    to,
    actorId,
    categories: eventCategories,
    after: place && { at: new Date(place.key), id: place.id },
  };
}
