import type { Migration } from '@moothall/store';

/**
 * What a person allowed an app, with its refresh token; a directory table. One for each code that was
 * redeemed. Only the SHA-256 of the refresh token is kept.
 */
export type GrantTable = {
  id: string;
  person_id: string;
  org_id: string;
  /** OAuth client id. */
  client_id: string;
  scopes: string[];
  refresh_hash: Buffer;
  created: Date;
  /** Moves on with each refresh. */
  refresh_expires_at: Date;
  last_refreshed_at: Date | null;
  revoked_at: Date | null;
};

/** Schema of grants. */
export const grantMigrations: readonly Migration[] = [
  {
    name: '202611222216_grants_create',
    phase: 'expand',
    sql: `
      create table oauth_grant (
        id uuid primary key, person_id uuid not null, org_id uuid not null, client_id text not null,
        scopes text[] not null, refresh_hash bytea not null unique, created timestamptz not null,
        refresh_expires_at timestamptz not null, last_refreshed_at timestamptz, revoked_at timestamptz
      );
      create index oauth_grant_person on oauth_grant (person_id, created) where revoked_at is null;
      create index oauth_grant_client on oauth_grant (client_id, org_id) where revoked_at is null;
    `,
  },
];
