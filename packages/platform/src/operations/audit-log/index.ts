import { resource } from '../../resource.ts';
import {
  exportAuditEvents,
  listAuditCategories,
  listAuditEvents,
  listAuditEventsInHub,
} from './audit-log.contract.ts';
import { auditErrors } from './audit-log.errors.ts';
import { mountAuditLog } from './audit-log.routes.ts';
import { auditLogMigrations } from './audit-log.table.ts';
import { auditReader } from './audit-reader.ts';

export type { AuditEventTable } from './audit-log.table.ts';

/** What administrators and owners did, for administrators to read; a projection of the event log. */
export const auditLog = resource({
  name: 'adminAudit',
  area: 'admin',
  operations: [listAuditEvents, listAuditCategories, listAuditEventsInHub, exportAuditEvents],
  errors: auditErrors,
  routes: mountAuditLog,
  migrations: auditLogMigrations,
  readers: () => [auditReader()],
});
