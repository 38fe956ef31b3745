import type { JsonColumn, Migration } from '@moothall/store';

/** Kinds of apps. */
export type AppKind = 'bot' | 'integration' | 'guest_issuer' | 'embedded';

/** An app; a directory table. */
export type AppTable = {
  id: string;
  kind: AppKind;
  name: string;
  org_id: string;
  /** Whoever made it; null where nobody did. The app outlives them. */
  owner_id: string | null;
  /** A bot's own account. */
  person_id: string | null;
  /** OAuth client id: `C` and 64 hexadecimal digits (as observed). */
  client_id: string;
  /** Settings of its kind; secrets in it are sealed. */
  config: JsonColumn<Record<string, unknown>>;
  created: Date;
};

/** Schema of apps. */
export const appMigrations: readonly Migration[] = [
  {
    name: '202611221050_apps_create',
    phase: 'expand',
    sql: `
      create table app (
        id uuid primary key,
        kind text not null check (kind in ('bot', 'integration', 'guest_issuer', 'embedded')),
        name text not null, org_id uuid not null, owner_id uuid, person_id uuid,
        client_id text not null, config jsonb not null default '{}', created timestamptz not null
      );
      create unique index app_client on app (client_id);
      create unique index app_person on app (person_id) where person_id is not null;
      create index app_org on app (org_id, id);
    `,
  },
];
