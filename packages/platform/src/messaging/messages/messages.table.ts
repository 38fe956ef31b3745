import type { JsonColumn, Migration } from '@moothall/store';

/** A file of a message; its bytes lie in the world's blobs under the hash. */
export type MessageFile = { hash: string; name: string; mime: string; sizeBytes: number };

/** A card as it was posted. */
export type MessageCard = { contentType: string; content: Record<string, unknown> };

/** A message; sharded by room. Deleted ones keep their content for compliance until they are purged. */
export type MessageTable = {
  id: string;
  room_id: string;
  person_id: string;
  text: string | null;
  markdown: string | null;
  html: string | null;
  /** In the order of the text; null for none. */
  mentioned_people: string[] | null;
  mentioned_groups: string[] | null;
  files: JsonColumn<MessageFile[]> | null;
  attachments: JsonColumn<MessageCard[]> | null;
  /** What of the card lies beyond version 1.3, one sentence each, for the inspector. */
  card_notes: JsonColumn<string[]> | null;
  parent_id: string | null;
  edits: number;
  created: Date;
  updated: Date | null;
  deleted_at: Date | null;
};

/** Schema of messages. An index on person_id would cost a quarter of every insert, so there is none. */
export const messageMigrations: readonly Migration[] = [
  {
    name: '202611221020_messages_create',
    phase: 'expand',
    sql: `
      create table message (
        room_id uuid not null, id uuid not null, person_id uuid not null,
        text text, markdown text, html text, mentioned_people uuid[], mentioned_groups text[],
        files jsonb, attachments jsonb, card_notes jsonb, parent_id uuid,
        edits integer not null default 0,
        created timestamptz not null, updated timestamptz, deleted_at timestamptz,
        primary key (room_id, id)
      );
      create index message_id on message (id);
      create index message_room_created on message (room_id, created desc, id desc);
      create index message_parent on message (room_id, parent_id, created) where parent_id is not null;
      create index message_mentions on message (room_id, created desc, id desc) where mentioned_people is not null;
    `,
  },
  {
    // A card is kept as it was posted, the order of its keys included, which jsonb does not keep. Servers of the
    // release before write jsonb, which PostgreSQL takes for the new type.
    name: '202611292130_messages_cards_verbatim',
    phase: 'contract',
    sql: 'alter table message alter column attachments type json using attachments::json;',
  },
];
