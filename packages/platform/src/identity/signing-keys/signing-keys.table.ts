import type { JsonColumn, Migration } from '@moothall/store';

/** A key pair that signs JWTs; a directory table. The private half is sealed. */
export type SigningKeyTable = {
  /** `kid` of what it signs. */
  id: string;
  public_jwk: JsonColumn<Record<string, unknown>>;
  /** PKCS #8, sealed. */
  private_sealed: string;
  created: Date;
  /** Set: it signs nothing more, and its signatures count no longer. */
  retired_at: Date | null;
};

/** Schema of signing keys. */
export const signingKeyMigrations: readonly Migration[] = [
  {
    name: '202611222301_signing_keys_create',
    phase: 'expand',
    sql: `
      create table signing_key (
        id uuid primary key, public_jwk jsonb not null, private_sealed text not null,
        created timestamptz not null, retired_at timestamptz
      );
    `,
  },
];
