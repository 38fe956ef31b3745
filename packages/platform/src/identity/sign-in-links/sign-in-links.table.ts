import type { Migration } from '@moothall/store';

/** What a link was made for. */
export type SignInPurpose = 'invitation' | 'password_reset' | 'first_administrator' | 'lab';

/** A link that signs its person in; a directory table. Only the SHA-256 of its token is kept. */
export type SignInLinkTable = {
  id: string;
  hash: Buffer;
  person_id: string;
  org_id: string;
  purpose: SignInPurpose;
  created: Date;
  /** Null: it does not expire; in the lab only. */
  expires_at: Date | null;
  /** When it signed in, or was made void. */
  used_at: Date | null;
};

/** Schema of links that sign in. */
export const signInLinkMigrations: readonly Migration[] = [
  {
    name: '202611222240_sign_in_links_create',
    phase: 'expand',
    sql: `
      create table sign_in_link (
        id uuid primary key, hash bytea not null unique, person_id uuid not null, org_id uuid not null,
        purpose text not null, created timestamptz not null, expires_at timestamptz, used_at timestamptz
      );
      create index sign_in_link_person on sign_in_link (person_id) where used_at is null;
    `,
  },
];
