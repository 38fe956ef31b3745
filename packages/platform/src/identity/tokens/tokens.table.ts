import type { Migration } from '@moothall/store';

/** An access token; a directory table. Only the SHA-256 of the token's text is kept. */
export type TokenTable = {
  hash: Buffer;
  id: string;
  person_id: string;
  /** OAuth client id of the app it was issued to; null for a personal token. */
  app_id: string | null;
  scopes: string[];
  created: Date;
  /** Null: it does not expire. */
  expires_at: Date | null;
  revoked_at: Date | null;
  /** The grant that it was issued under; null for personal tokens. */
  grant_id: string | null;
  /** The session of our pages that it stands for; its text is known to nobody. */
  session_id: string | null;
  /** The site of ours that the session entered with it. */
  site: string | null;
  last_used: Date | null;
};

/** Schema of access tokens. */
export const tokenMigrations: readonly Migration[] = [
  {
    name: '202611221002_tokens_create',
    phase: 'expand',
    sql: `
      create table token (
        hash bytea primary key, id uuid not null unique, person_id uuid not null, app_id text,
        scopes text[] not null, created timestamptz not null, expires_at timestamptz, revoked_at timestamptz
      );
      create index token_person on token (person_id) where revoked_at is null;
    `,
  },
  {
    name: '202611222215_tokens_of_grants_and_sessions',
    phase: 'expand',
    sql: `
      alter table token add column grant_id uuid, add column session_id uuid, add column site text,
        add column last_used timestamptz;
      create index token_grant on token (grant_id) where grant_id is not null and revoked_at is null;
      create index token_session on token (session_id) where session_id is not null and revoked_at is null;
      create index token_app on token (app_id) where app_id is not null and revoked_at is null;
    `,
  },
];
