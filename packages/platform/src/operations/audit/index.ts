export { type AuditCategory, auditCategories } from './audit-categories.data.ts';
export { type AuditCause, type AuditData, type AuditEntry, recordAudit } from './record-audit.ts';
