import type { Migration } from '@moothall/store';

/** An organisation; a directory table. */
export type OrgTable = {
  id: string;
  display_name: string;
  profile: 'standard' | 'gov';
  domains: string[];
  site_url: string | null;
  created: Date;
};

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
];
