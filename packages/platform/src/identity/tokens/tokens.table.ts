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
];
