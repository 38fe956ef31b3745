import type { Migration } from '@moothall/store';

/** Tries to guess something within a window of the world's time; a directory table. It counts, and tells no event. */
export type PasswordTryTable = {
  /** SHA-256 of what is counted: an account, an address, or both together. */
  key: Buffer;
  tries: number;
  ends_at: Date;
};

/** Schema of tries. */
export const passwordMigrations: readonly Migration[] = [
  {
    name: '202611222230_passwords_tries',
    phase: 'expand',
    sql: `
      create table password_try (key bytea primary key, tries integer not null, ends_at timestamptz not null);
      create index password_try_end on password_try (ends_at);
    `,
  },
];
