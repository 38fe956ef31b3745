import type { Migration } from '@moothall/store';

/** A place where somebody listens with the official SDK; a directory table, in order of its person. */
export type RegistrationTable = {
  person_id: string;
  id: string;
  org_id: string;
  /** The token that registered or refreshed it last. */
  token_id: string;
  name: string;
  device_type: string;
  model: string;
  localized_model: string;
  system_name: string;
  system_version: string;
  created: Date;
  modified: Date;
  /** From then on it is not there, whether its row has been deleted by then or not. */
  expires_at: Date;
};

/** Schema of registrations. */
export const registrationMigrations: readonly Migration[] = [
  {
    name: '202611230300_registrations_create',
    phase: 'expand',
    sql: `
      create table registration (
        person_id uuid not null, id uuid not null, org_id uuid not null, token_id uuid not null,
        name text not null, device_type text not null, model text not null, localized_model text not null,
        system_name text not null, system_version text not null,
        created timestamptz not null, modified timestamptz not null, expires_at timestamptz not null,
        primary key (person_id, id)
      );
      create index registration_id on registration (id);
      create index registration_expires_at on registration (expires_at);
    `,
  },
];
