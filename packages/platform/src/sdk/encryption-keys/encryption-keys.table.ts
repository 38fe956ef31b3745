import type { JsonColumn, Migration } from '@moothall/store';

/** An identity of the key service: an RSA key pair with its certificate; a directory table. */
export type KmsIdentityTable = {
  id: string;
  /** With `kid` and `x5c`. */
  public_jwk: JsonColumn<Record<string, unknown>>;
  /** PKCS #8, sealed. */
  private_sealed: string;
  created: Date;
};

/** A key that encrypts content (256 bits); a directory table. */
export type ContentKeyTable = {
  id: string;
  /** Who had it made; null for one that the server made for a room. */
  creator_id: string | null;
  /** The resource that it is bound to. */
  resource_id: string | null;
  /** Base64url, sealed. */
  key_sealed: string;
  created: Date;
  bound_at: Date | null;
};

/** A resource that says who may have the keys bound to it; a directory table. */
export type KeyResourceTable = {
  id: string;
  creator_id: string | null;
  /** Set: the members of this room are authorised, and nobody else. */
  room_id: string | null;
  /** Of a room's resource: the key for new content. */
  default_key_id: string | null;
  created: Date;
};

/** Somebody who may have the keys of a resource that belongs to no room; a directory table. */
export type KeyAuthorizationTable = { resource_id: string; person_id: string; created: Date };

/** A channel to a program of somebody: requests and replies are encrypted with its key; a directory table. */
export type KmsChannelTable = {
  id: string;
  person_id: string;
  /** Base64url, sealed. */
  key_sealed: string;
  created: Date;
  expires_at: Date;
};

/** A request that was answered, so that it is not answered again; a directory table. */
export type KmsRequestTable = {
  /** The channel, or the person for requests that make channels. */
  scope_id: string;
  request_id: string;
  expires_at: Date;
};

/** The tables of the slice, for its queries. */
export type KeyTables = {
  kms_identity: KmsIdentityTable;
  content_key: ContentKeyTable;
  key_resource: KeyResourceTable;
  key_authorization: KeyAuthorizationTable;
  kms_channel: KmsChannelTable;
  kms_request: KmsRequestTable;
};

/** Schema of keys. */
export const encryptionKeyMigrations: readonly Migration[] = [
  {
    name: '202611230310_encryption_keys_create',
    phase: 'expand',
    sql: `
      create table kms_identity (
        id uuid primary key, public_jwk jsonb not null, private_sealed text not null,
        created timestamptz not null
      );
      create table content_key (
        id uuid primary key, creator_id uuid, resource_id uuid, key_sealed text not null,
        created timestamptz not null, bound_at timestamptz
      );
      create index content_key_resource on content_key (resource_id) where resource_id is not null;
      create table key_resource (
        id uuid primary key, creator_id uuid, room_id uuid, default_key_id uuid, created timestamptz not null
      );
      create unique index key_resource_room on key_resource (room_id) where room_id is not null;
      create table key_authorization (
        resource_id uuid not null, person_id uuid not null, created timestamptz not null,
        primary key (resource_id, person_id)
      );
      create table kms_channel (
        id uuid primary key, person_id uuid not null, key_sealed text not null,
        created timestamptz not null, expires_at timestamptz not null
      );
      create index kms_channel_expires_at on kms_channel (expires_at);
      create table kms_request (
        scope_id uuid not null, request_id text not null, expires_at timestamptz not null,
        primary key (scope_id, request_id)
      );
      create index kms_request_expires_at on kms_request (expires_at);
    `,
  },
];
