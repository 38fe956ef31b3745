import { encodeWireId, type WireType } from '@moothall/core';
import { type AuditCategory, auditCategories } from '../audit/index.ts';
import type { AuditEventTable } from './audit-log.table.ts';

const wireTypes: Readonly<Record<string, WireType>> = {
  person: 'PEOPLE',
  organization: 'ORGANIZATION',
  application: 'APPLICATION',
  authorization: 'AUTHORIZATION',
  room: 'ROOM',
  webhook: 'WEBHOOK',
};

function targetIdOf({ target_type: type, target_id: id }: AuditEventTable): string {
  const wireType = wireTypes[type];
  return wireType ? encodeWireId(wireType, id) : id;
}

/** The public interface knows of no other roles (documented). */
function wireRolesOf({ actor_roles: roles }: AuditEventTable): string[] {
  return [roles.includes('full_admin') ? 'Full_Admin' : 'User'];
}

/** What a kind is called; its name for one that an older release had. */
function describeCategory(category: string): string {
  return auditCategories[category as AuditCategory] ?? category;
}

/** An audited action on the wire (documented). */
export function presentAuditEvent(row: AuditEventTable) {
  return {
    // The public interface shows the bare UUID in base64 here (documented).
    id: Buffer.from(row.id).toString('base64url'),
    actorId: encodeWireId('PEOPLE', row.actor_id),
    actorOrgId: encodeWireId('ORGANIZATION', row.actor_org_id),
    created: row.at.toISOString(),
    data: {
      actorName: row.actor_name,
      actorEmail: row.actor_email,
      actorOrgName: row.actor_org_name,
      adminRoles: wireRolesOf(row),
      ...(row.actor_user_agent !== null && { actorUserAgent: row.actor_user_agent }),
      ...(row.actor_ip !== null && { actorIp: row.actor_ip }),
      eventCategory: row.category,
      eventDescription: describeCategory(row.category),
      actionText: row.action_text,
      targetId: targetIdOf(row),
      targetType: row.target_type,
      targetName: row.target_name,
      targetOrgId: encodeWireId('ORGANIZATION', row.org_id),
      ...(row.tracking_id !== null && { trackingId: row.tracking_id }),
    },
  };
}
