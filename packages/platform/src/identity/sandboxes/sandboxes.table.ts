import type { Migration } from '@moothall/store';

/** A developer's sandbox: an organisation of its own; a directory table. */
export type SandboxTable = {
  id: string;
  org_id: string;
  admin_id: string;
  /** Name of its organisation, such as `jdoesandbox-1xep`. */
  name: string;
  /** Mail domain of its people. */
  domain: string;
  /** Address of the developer, in lower case; one who has a sandbox gets no second one. */
  email: string;
  /** The developer's own account; null for a visitor without one. */
  requested_by: string | null;
  terms_version: string;
  created: Date;
  /** When the developer was told that it ends soon; null when somebody acted in it since. */
  warned_at: Date | null;
  ended_at: Date | null;
};

/** Schema of sandboxes. */
export const sandboxMigrations: readonly Migration[] = [
  {
    name: '202611222300_sandboxes_create',
    phase: 'expand',
    sql: `
      create table sandbox (
        id uuid primary key, org_id uuid not null unique, admin_id uuid not null, name text not null,
        domain text not null unique, email text not null, requested_by uuid, terms_version text not null,
        created timestamptz not null, warned_at timestamptz, ended_at timestamptz
      );
      create unique index sandbox_developer on sandbox (email) where ended_at is null;
      create index sandbox_requester on sandbox (requested_by) where requested_by is not null;
    `,
  },
];
