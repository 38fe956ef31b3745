import type { Migration } from '@moothall/store';

/** A space; sharded by its own id. Deleted rooms keep their row for compliance. */
export type RoomTable = {
  id: string;
  /** Organisation that owns it: the creator's; of a bot's room that of the first person in it. */
  org_id: string;
  creator_id: string;
  type: 'group' | 'direct';
  title: string;
  description: string | null;
  is_locked: boolean;
  is_announcement_only: boolean;
  is_public: boolean;
  made_public: Date | null;
  is_read_only: boolean;
  team_id: string | null;
  classification_id: string | null;
  created: Date;
  last_activity: Date;
  archived_at: Date | null;
  deleted_at: Date | null;
  /** A bot made it and no person has been in it yet: the first one's organisation becomes the owner. False unless said. */
  owner_pending?: boolean | undefined;
};

/** Who is in a room; sharded by room. */
export type MembershipTable = {
  room_id: string;
  person_id: string;
  person_org_id: string;
  is_moderator: boolean;
  is_room_hidden: boolean;
  created: Date;
};

/** Schema of rooms and memberships. */
export const roomAccessMigrations: readonly Migration[] = [
  {
    name: '202611221010_room_access_create',
    phase: 'expand',
    sql: `
      create table room (
        id uuid primary key, org_id uuid not null, creator_id uuid not null,
        type text not null check (type in ('group', 'direct')),
        title text not null, description text,
        is_locked boolean not null default false, is_announcement_only boolean not null default false,
        is_public boolean not null default false, made_public timestamptz,
        is_read_only boolean not null default false, team_id uuid, classification_id uuid,
        created timestamptz not null, last_activity timestamptz not null,
        archived_at timestamptz, deleted_at timestamptz
      ) with (fillfactor = 70);
      create index room_public on room (org_id, made_public desc) where is_public and deleted_at is null;
      create index room_team on room (team_id) where team_id is not null;
      create table membership (
        room_id uuid not null, person_id uuid not null, person_org_id uuid not null,
        is_moderator boolean not null default false, is_room_hidden boolean not null default false,
        created timestamptz not null, primary key (room_id, person_id)
      );
      create index membership_person on membership (person_id, room_id);
    `,
  },
  {
    name: '202611221101_room_access_owner',
    phase: 'expand',
    sql: 'alter table room add column owner_pending boolean not null default false',
  },
];
