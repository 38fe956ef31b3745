import type { RoleName } from '@moothall/contract';
import type { Migration } from '@moothall/store';

/** An audited action, with the names of its time; a directory table that the event log is projected to. */
export type AuditEventTable = {
  id: string;
  org_id: string;
  at: Date;
  category: string;
  action_text: string;
  target_type: string;
  target_id: string;
  target_name: string;
  actor_id: string;
  actor_org_id: string;
  actor_name: string;
  actor_email: string;
  actor_org_name: string;
  actor_roles: RoleName[];
  tracking_id: string | null;
  actor_user_agent: string | null;
  actor_ip: string | null;
};

/** Schema of the audit log. The index on the event log keeps its projection from reading all the rest. */
export const auditLogMigrations: readonly Migration[] = [
  {
    name: '202611222240_audit_create',
    phase: 'expand',
    sql: `
      create table audit_event (
        id uuid primary key, org_id uuid not null, at timestamptz not null, category text not null,
        action_text text not null, target_type text not null, target_id text not null, target_name text not null,
        actor_id uuid not null, actor_org_id uuid not null, actor_name text not null, actor_email text not null,
        actor_org_name text not null, actor_roles text[] not null,
        tracking_id text, actor_user_agent text, actor_ip text
      );
      create index audit_event_org on audit_event (org_id, at desc, id desc);
      create index event_audit on event (tx, seq) where resource = 'audit';
    `,
  },
];
