import type { Migration } from '@moothall/store';

/** Whom an organisation lets use integrations that it has said nothing of; a directory table. */
export type IntegrationDefaultTable = { org_id: string; access: 'allow' | 'block'; version: number };

/** Whom an organisation lets use one integration; a directory table. */
export type IntegrationPolicyTable = {
  org_id: string;
  client_id: string;
  /** `default` when it follows the organisation's default again. */
  mode: 'allowed' | 'blocked' | 'selected' | 'default';
  /** Of `selected` those who may. */
  person_ids: string[];
  version: number;
};

/** Somebody's wish to use an integration that is blocked for them; a directory table. */
export type IntegrationRequestTable = {
  id: string;
  org_id: string;
  client_id: string;
  person_id: string;
  created: Date;
};

/** Schema of policies about integrations. */
export const integrationPolicyMigrations: readonly Migration[] = [
  {
    name: '202611222251_integration_policies_create',
    phase: 'expand',
    sql: `
      create table integration_default (
        org_id uuid primary key, access text not null check (access in ('allow', 'block')), version integer not null
      );
      create table integration_policy (
        org_id uuid not null, client_id text not null,
        mode text not null check (mode in ('allowed', 'blocked', 'selected', 'default')),
        person_ids uuid[] not null default '{}', version integer not null, primary key (org_id, client_id)
      );
      create table integration_request (
        id uuid primary key, org_id uuid not null, client_id text not null, person_id uuid not null,
        created timestamptz not null, unique (org_id, client_id, person_id)
      );
    `,
  },
];
