import type { JsonColumn, Migration } from '@moothall/store';
import type { Selectable } from 'kysely';

/**
 * What an organisation is: a customer's, a developer's sandbox (F75), or the place of an account that
 * belongs to no organisation (F79), which has no licences and no administrator.
 */
export type OrganizationKind = 'customer' | 'sandbox' | 'personal';

/** Settings that administrators make for their organisation. */
export type OrganizationSettings = {
  /** False: nobody sees the presence of its people (F37); shared unless said. */
  sharesPresence?: boolean;
};

/** An organisation; a directory table. */
export type OrgTable = {
  id: string;
  display_name: string;
  profile: 'standard' | 'gov';
  domains: string[];
  site_url: string | null;
  created: Date;
  kind: OrganizationKind;
  settings: JsonColumn<OrganizationSettings>;
  /** Null until it is changed. */
  last_modified: Date | null;
};

/** An organisation's row as it is read. */
export type OrgRow = Selectable<OrgTable>;

/** Schema of organisations. */
export const organizationMigrations: readonly Migration[] = [
  {
    name: '202611221000_organizations_create',
    phase: 'expand',
    sql: `
      create table org (
        id uuid primary key, display_name text not null,
        profile text not null default 'standard' check (profile in ('standard', 'gov')),
        domains text[] not null default '{}', site_url text, created timestamptz not null
      );
    `,
  },
  {
    name: '202611222230_organizations_kind',
    phase: 'expand',
    sql: `
      alter table org
        add column kind text not null default 'customer' check (kind in ('customer', 'sandbox', 'personal')),
        add column settings jsonb not null default '{}',
        add column last_modified timestamptz;
    `,
  },
];
