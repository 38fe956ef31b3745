import type { JsonColumn, Migration } from '@moothall/store';

/** Kinds of apps. */
export type AppKind = 'bot' | 'integration' | 'guest_issuer' | 'service_app' | 'embedded';

/** An app; a directory table. */
export type AppTable = {
  id: string;
  kind: AppKind;
  name: string;
  description: string;
  org_id: string;
  /** Who answers for it; null where nobody does. The app outlives them. */
  owner_id: string | null;
  /** A bot's own account. */
  person_id: string | null;
  /** OAuth client id: `C` and 64 hexadecimal digits (as observed). */
  client_id: string;
  /** Scopes that an integration or service app may ask for. */
  scopes: string[];
  /** Where an integration may send the browser back to, as they were given. */
  redirect_uris: string[];
  /** SHA-256 of a secret that is only ever compared. */
  secret_hash: Buffer | null;
  /** A secret that is computed with, such as a guest issuer's; sealed. */
  secret_sealed: string | null;
  /** What a guest issuer calls itself in its JWTs. */
  issuer_id: string | null;
  /** Where it is in its life: of most kinds `active` only. */
  state: string;
  /** Name of the drawn icon that it has unless one was uploaded. */
  icon_name: string;
  /** Blob of its uploaded icon, and what kind of image it is. */
  icon_hash: string | null;
  icon_type: string | null;
  /** Settings of its kind that no rule turns on; no secrets. */
  config: JsonColumn<Record<string, unknown>>;
  /** The key of the request that made it, so that a form sent twice makes one app. */
  request_key: string | null;
  created: Date;
  /** Null for an app that an earlier release stored while this one was rolled out. */
  last_modified: Date | null;
  /** Counts its changes. */
  version: number;
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
  {
    name: '202611222230_apps_issuer_ids',
    phase: 'expand',
    sql: `
      create unique index app_issuer on app ((config->>'issuerId'))
        where kind = 'guest_issuer';
    `,
  },
  {
    name: '202611222231_apps_portal',
    phase: 'expand',
    sql: `
      alter table app drop constraint app_kind_check;
      alter table app add constraint app_kind_check
        check (kind in ('bot', 'integration', 'guest_issuer', 'service_app', 'embedded'));
      alter table app add column description text not null default '',
        add column scopes text[] not null default '{}', add column redirect_uris text[] not null default '{}',
        add column secret_hash bytea, add column secret_sealed text, add column issuer_id text,
        add column state text not null default 'active', add column icon_name text not null default 'default-1',
        add column icon_hash text, add column icon_type text, add column request_key text,
        add column last_modified timestamptz, add column version integer not null default 1;
      update app set last_modified = created, issuer_id = config->>'issuerId',
        secret_sealed = coalesce(config->>'clientSecretSealed', config->>'secretSealed'),
        scopes = case when kind = 'integration' and jsonb_typeof(config->'scopes') = 'array'
          then array(select jsonb_array_elements_text(config->'scopes')) else '{}' end,
        redirect_uris = case when kind = 'integration' and jsonb_typeof(config->'redirectUris') = 'array'
          then array(select jsonb_array_elements_text(config->'redirectUris')) else '{}' end;
      drop index app_issuer;
      create unique index app_issuer on app (issuer_id) where issuer_id is not null;
      create unique index app_request on app (owner_id, request_key) where request_key is not null;
      create index app_owner on app (owner_id, id);
    `,
  },
];
