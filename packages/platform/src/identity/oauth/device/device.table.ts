import type { Migration } from '@moothall/store';

/** A device that waits for its person; a directory table. Only the SHA-256 of the device code is kept. */
export type DeviceTable = {
  id: string;
  device_hash: Buffer;
  /** What the person types; letters only, without dashes. */
  user_code: string;
  /** OAuth client id. */
  client_id: string;
  scopes: string[];
  created: Date;
  expires_at: Date;
  /** When the device asked last. */
  polled_at: Date | null;
  /** Who decided, when, and how. */
  person_id: string | null;
  decided_at: Date | null;
  approved: boolean | null;
  used_at: Date | null;
};

/** Schema of the device grant. */
export const deviceMigrations: readonly Migration[] = [
  {
    name: '202611222302_oauth_devices_create',
    phase: 'expand',
    sql: `
      create table oauth_device (
        id uuid primary key, device_hash bytea not null unique, user_code text not null unique,
        client_id text not null, scopes text[] not null, created timestamptz not null,
        expires_at timestamptz not null, polled_at timestamptz, person_id uuid, decided_at timestamptz,
        approved boolean, used_at timestamptz
      );
      create index oauth_device_expires on oauth_device (expires_at);
    `,
  },
];
