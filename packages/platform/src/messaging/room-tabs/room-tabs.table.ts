import type { Migration } from '@moothall/store';

/** A tab of a room; sharded by room. Deleted tabs keep their row: what they showed is kept for compliance. */
export type RoomTabTable = {
  room_id: string;
  id: string;
  creator_id: string;
  content_url: string;
  display_name: string;
  created: Date;
  deleted_at: Date | null;
};

/** Schema of room tabs. */
export const roomTabMigrations: readonly Migration[] = [
  {
    name: '202611221102_room_tabs_create',
    phase: 'expand',
    sql: `
      create table room_tab (
        room_id uuid not null, id uuid not null, creator_id uuid not null,
        content_url text not null, display_name text not null,
        created timestamptz not null, deleted_at timestamptz,
        primary key (room_id, id)
      );
      create index room_tab_id on room_tab (id);
    `,
  },
];
