import type { PersonType } from '@moothall/contract';
import type { JsonColumn, Migration } from '@moothall/store';
import type { Generated } from 'kysely';

/** A filter in storage form: its name and the value that its `parse` returned. */
export type StoredFilter = readonly [name: string, value: string];

/** A webhook; sharded by its creator. */
export type WebhookTable = {
  id: string;
  /** The creator's organisation. */
  org_id: string;
  created_by: string;
  creator_type: PersonType;
  /** OAuth client id of the app whose token made it. */
  app_id: string;
  owned_by: 'creator' | 'org';
  name: string;
  target_url: string;
  resource: string;
  event: string;
  /** As it was given. */
  filter: string | null;
  filters: JsonColumn<readonly StoredFilter[]>;
  /** Sealed. */
  secret: string | null;
  status: 'active' | 'inactive';
  created: Date;
  /** Transaction that made it: only events of later ones are for it. */
  tx: Generated<string>;
  /** Failed tries since it was last revived, no older than the window in which they count. */
  failed_at: Date[];
  /** One failure before this time makes it inactive again. */
  probation_until: Date | null;
};

/** Schema of webhooks. Their deliveries are jobs. */
export const webhookMigrations: readonly Migration[] = [
  {
    name: '202611221400_webhooks_create',
    phase: 'expand',
    sql: `
      create table webhook (
        id uuid primary key, org_id uuid not null, created_by uuid not null, creator_type text not null,
        app_id text not null, owned_by text not null check (owned_by in ('creator', 'org')),
        name text not null, target_url text not null, resource text not null, event text not null,
        filter text, filters jsonb not null default '[]', secret text,
        status text not null default 'active' check (status in ('active', 'inactive')),
        created timestamptz not null, tx xid8 not null default pg_current_xact_id(),
        failed_at timestamptz[] not null default '{}', probation_until timestamptz
      ) with (fillfactor = 80);
      create index webhook_creator on webhook (created_by, id);
      create unique index webhook_org on webhook (org_id, resource, coalesce(filter, '')) where owned_by = 'org';
    `,
  },
];
