import type { Migration } from '@moothall/store';

/** A session of our own pages; a directory table. Only the SHA-256 of the cookie is kept. */
export type SessionTable = {
  id: string;
  hash: Buffer;
  person_id: string;
  org_id: string;
  created: Date;
  last_used: Date;
  expires_at: Date;
  revoked_at: Date | null;
  /** As the browser called itself at sign-in; shown to its person only. */
  user_agent: string | null;
  ip: string | null;
  /** Until then it may set a password without the one before: it began with a link that proves as much. */
  sets_password_until: Date | null;
};

/** Schema of sessions. */
export const sessionMigrations: readonly Migration[] = [
  {
    name: '202611222217_sessions_create',
    phase: 'expand',
    sql: `
      create table session (
        id uuid primary key, hash bytea not null unique, person_id uuid not null, org_id uuid not null,
        created timestamptz not null, last_used timestamptz not null, expires_at timestamptz not null,
        revoked_at timestamptz, user_agent text, ip text
      );
      create index session_person on session (person_id, created) where revoked_at is null;
    `,
  },
  {
    name: '202611222241_sessions_by_link',
    phase: 'expand',
    sql: 'alter table session add column sets_password_until timestamptz',
  },
];
