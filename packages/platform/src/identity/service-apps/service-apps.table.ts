import type { Migration } from '@moothall/store';

/** How far a service app has come in an organisation. */
export type AuthorizationState = 'requested' | 'authorized' | 'revoked';

/** What an organisation decided about a service app; a directory table. */
export type ServiceAppAuthorizationTable = {
  app_id: string;
  org_id: string;
  state: AuthorizationState;
  /** The app's own account in the organisation; made at the first authorisation, and kept. */
  person_id: string | null;
  /** What was authorised; scopes that the app registers later are not. */
  scopes: string[];
  requested_by: string | null;
  requested_at: Date | null;
  decided_by: string | null;
  decided_at: Date | null;
};

/** Schema of the authorisations of service apps. */
export const serviceAppMigrations: readonly Migration[] = [
  {
    name: '202611222300_service_apps_create',
    phase: 'expand',
    sql: `
      create table service_app_authorization (
        app_id uuid not null, org_id uuid not null,
        state text not null check (state in ('requested', 'authorized', 'revoked')),
        person_id uuid, scopes text[] not null default '{}', requested_by uuid, requested_at timestamptz,
        decided_by uuid, decided_at timestamptz, primary key (app_id, org_id)
      );
      create index service_app_authorization_org on service_app_authorization (org_id, app_id);
    `,
  },
];
