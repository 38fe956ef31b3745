import type { Migration } from '@moothall/store';

/** Which guest is meant by a subject; a directory table. The guest's account is a person of type `appuser`. */
export type GuestTable = {
  org_id: string;
  /** OAuth client id of the guest issuer or app that vouches for them; empty when an administrator does. */
  issuer: string;
  /** How the issuer knows them. */
  subject: string;
  person_id: string;
  created: Date;
};

/** Schema of guests. */
export const guestMigrations: readonly Migration[] = [
  {
    name: '202611222240_guests_create',
    phase: 'expand',
    sql: `
      create table guest (
        org_id uuid not null, issuer text not null, subject text not null, person_id uuid not null,
        created timestamptz not null, primary key (org_id, issuer, subject)
      );
    `,
  },
];
