import type { Migration } from '@moothall/store';

/** The token that somebody got from the portal last; a directory table. The token's own row is in the ledger. */
export type PersonalTokenTable = { person_id: string; token_id: string };

/** Schema of personal tokens. */
export const personalTokenMigrations: readonly Migration[] = [
  {
    name: '202611222250_personal_tokens_create',
    phase: 'expand',
    sql: 'create table personal_token (person_id uuid primary key, token_id uuid not null)',
  },
];
