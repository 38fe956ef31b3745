import {
  type Access,
  adminPageAccess,
  idText,
  listOf,
  operation,
  pageSize,
  textList,
  timestamp,
  timeText,
  wireUuid,
} from '@moothall/contract';
import { limitLedger } from '@moothall/core';
import { z } from 'zod';
import { organizationErrors } from '../../identity/organizations/organizations.errors.ts';
import { auditErrors } from './audit-log.errors.ts';

const testedBy = ['packages/platform/src/operations/audit-log/audit-log.test.ts'];
const coverage = { status: 'done', testedBy } as const;

const readers = ['full_admin', 'readonly_admin'] as const;
const access: Access = { grants: [{ as: 'admin', scopes: ['audit:events_read'], roles: readers }] };

/** An audited action on the wire (documented). */
const auditEvent = z.strictObject({
  id: idText,
  actorId: idText,
  actorOrgId: idText,
  created: timeText,
  data: z.strictObject({
    actorName: z.string(),
    actorEmail: z.string(),
    actorOrgName: z.string(),
    adminRoles: z.array(z.string()),
    actorUserAgent: z.string().optional(),
    actorIp: z.string().optional(),
    eventCategory: z.string(),
    eventDescription: z.string(),
    actionText: z.string(),
    targetId: z.string(),
    targetType: z.string(),
    targetName: z.string(),
    targetOrgId: idText,
    trackingId: z.string().optional(),
  }),
});

/** Rows to pass over; further ones are reached by the Link header, or by a shorter range. */
const offset = z
  .union([z.string(), z.number()])
  .transform((value, context): number => {
    const number = Number(value);
    const most = limitLedger['audit.max_offset'].value;
    if (Number.isInteger(number) && number >= 0 && number <= most) return number;
    const message = `expected a whole number from 0 to ${most}; follow the Link header to go further`;
    context.issues.push({ code: 'custom', message: `offset: ${message}`, input: value });
    return z.NEVER;
  })
  .default(0);

const cursor = z.string().optional();
const max = pageSize(100, 200);

/** Lists audited actions of the caller's organisation, newest first, of a year at most. */
export const listAuditEvents = operation({
  id: 'adminAudit.list',
  method: 'GET',
  path: '/adminAudit/events',
  summary: 'List admin audit events',
  access,
  query: z.object({
    orgId: wireUuid('ORGANIZATION'),
    from: timestamp,
    to: timestamp,
    actorId: wireUuid('PEOPLE').optional(),
    max,
    offset,
    cursor,
    eventCategories: textList.optional(),
  }),
  response: listOf(auditEvent),
  errors: [...Object.values(auditErrors), organizationErrors['organization.not_found']],
  source: 'documented',
  coverage,
});

/** Lists the kinds of audited actions. */
export const listAuditCategories = operation({
  id: 'adminAudit.categories',
  method: 'GET',
  path: '/adminAudit/eventCategories',
  summary: 'List admin audit event categories',
  access,
  response: z.strictObject({ eventCategories: z.array(z.string()) }),
  source: 'documented',
  coverage,
});

const filter = z.object({
  from: timestamp.optional(),
  to: timestamp.optional(),
  actorId: wireUuid('PEOPLE').optional(),
  eventCategories: textList.optional(),
});
const filterErrors = [auditErrors['audit.range_reversed'], auditErrors['audit.unknown_category']];

/** The hub's audit log: any length of time, with the kinds that it can be narrowed to. */
export const listAuditEventsInHub = operation({
  id: 'hub.audit.list',
  method: 'GET',
  base: '/hub/api',
  plane: 'page',
  path: '/audit',
  summary: 'List the audit log',
  access: adminPageAccess('hub', readers),
  query: filter.extend({ max, cursor }),
  response: z.strictObject({
    items: z.array(auditEvent),
    /** Kinds by name, with what they are called. */
    categories: z.record(z.string(), z.string()),
    /** Leads to the next page; absent on the last. */
    next: z.string().optional(),
  }),
  errors: filterErrors,
  source: 'decided',
  coverage,
});

/** The hub's audit log as CSV (RFC 4180, UTF-8), streamed. */
export const exportAuditEvents = operation({
  id: 'hub.audit.export',
  method: 'GET',
  base: '/hub/api',
  plane: 'page',
  path: '/audit/export',
  summary: 'Export the audit log as CSV',
  access: adminPageAccess('hub', readers),
  query: filter,
  replies: 'bytes',
  errors: filterErrors,
  source: 'decided',
  coverage,
});
