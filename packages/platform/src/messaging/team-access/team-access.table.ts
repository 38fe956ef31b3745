import type { Migration } from '@moothall/store';

/** A team; sharded by its own id, which is also the id of its general room. Deleted teams keep their row for compliance. */
export type TeamTable = {
  id: string;
  /** Organisation of its creator. */
  org_id: string;
  creator_id: string;
  name: string;
  description: string | null;
  created: Date;
  deleted_at: Date | null;
};

/** Who is in a team; sharded by team. */
export type TeamMembershipTable = {
  team_id: string;
  person_id: string;
  person_org_id: string;
  is_moderator: boolean;
  created: Date;
};

/** Schema of teams and their memberships. */
export const teamAccessMigrations: readonly Migration[] = [
  {
    name: '202611221100_team_access_create',
    phase: 'expand',
    sql: `
      create table team (
        id uuid primary key, org_id uuid not null, creator_id uuid not null,
        name text not null, description text, created timestamptz not null, deleted_at timestamptz
      );
      create table team_membership (
        team_id uuid not null, person_id uuid not null, person_org_id uuid not null,
        is_moderator boolean not null default false, created timestamptz not null,
        primary key (team_id, person_id)
      );
      create index team_membership_person on team_membership (person_id, team_id);
    `,
  },
];
