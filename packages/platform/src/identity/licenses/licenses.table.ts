import type { Migration } from '@moothall/store';

/** How a meeting site is managed, as the wire says it. */
export type SiteType = 'Control Hub managed site' | 'Linked site' | 'Site Admin managed site';

/** A licence that an organisation bought; a directory table. People hold it by its key. */
export type LicenseTable = {
  id: string;
  org_id: string;
  /** What people's `licenses` name it by, such as `messaging`. */
  key: string;
  name: string;
  /** Offer code that stands in its wire id, such as `MS`. */
  offer: string;
  total_units: number;
  site_url: string | null;
  site_type: SiteType | null;
  created: Date;
};

/** Schema of licences. */
export const licenseMigrations: readonly Migration[] = [
  {
    name: '202611221021_licenses_create',
    phase: 'expand',
    sql: `
      create table license (
        id uuid primary key, org_id uuid not null, key text not null, name text not null, offer text not null,
        total_units integer not null, site_url text, site_type text, created timestamptz not null,
        unique (org_id, key)
      );
    `,
  },
];
