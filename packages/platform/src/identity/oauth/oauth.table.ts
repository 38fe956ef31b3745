import type { Migration } from '@moothall/store';

/** An authorization code; a directory table. Only the SHA-256 of its text is kept. */
export type CodeTable = {
  id: string;
  hash: Buffer;
  /** OAuth client id. */
  client_id: string;
  person_id: string;
  org_id: string;
  /** As the request named it; null where the request left it out. */
  redirect_uri: string | null;
  scopes: string[];
  /** PKCE. */
  challenge: string | null;
  challenge_method: 'plain' | 'S256' | null;
  nonce: string | null;
  /** When the person signed in. */
  auth_time: Date;
  created: Date;
  expires_at: Date;
  used_at: Date | null;
  /** What it gave. */
  grant_id: string | null;
};

/** Schema of OAuth beside tokens and grants. */
export const oauthMigrations: readonly Migration[] = [
  {
    name: '202611222230_oauth_codes_create',
    phase: 'expand',
    sql: `
      create table oauth_code (
        id uuid primary key, hash bytea not null unique, client_id text not null, person_id uuid not null,
        org_id uuid not null, redirect_uri text, scopes text[] not null, challenge text,
        challenge_method text check (challenge_method in ('plain', 'S256')), nonce text,
        auth_time timestamptz not null, created timestamptz not null, expires_at timestamptz not null,
        used_at timestamptz, grant_id uuid
      );
      create index oauth_code_expires on oauth_code (expires_at);
    `,
  },
];
