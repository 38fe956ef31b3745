import type { JsonColumn, Migration } from '@moothall/store';

/** What somebody submitted on a card; sharded by room. */
export type AttachmentActionTable = {
  id: string;
  room_id: string;
  message_id: string;
  person_id: string;
  type: 'submit';
  inputs: JsonColumn<Record<string, unknown>>;
  created: Date;
};

/** Schema of attachment actions. */
export const attachmentActionMigrations: readonly Migration[] = [
  {
    name: '202611221021_attachment_actions_create',
    phase: 'expand',
    sql: `
      create table attachment_action (
        room_id uuid not null, id uuid not null, message_id uuid not null, person_id uuid not null,
        type text not null check (type = 'submit'), inputs jsonb not null, created timestamptz not null,
        primary key (room_id, id)
      );
      create index attachment_action_id on attachment_action (id);
      create index attachment_action_message on attachment_action (room_id, message_id);
    `,
  },
];
