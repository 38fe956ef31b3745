import type { Migration } from '@moothall/store';

/** A URL that posts to one room as a bot of its own. */
export type IncomingWebhookTable = {
  /** Random, since whoever has it may post. */
  id: string;
  room_id: string;
  name: string;
  /** The bot that posts. */
  person_id: string;
  created: Date;
};

/** Schema of incoming webhooks. */
export const incomingWebhookMigrations: readonly Migration[] = [
  {
    name: '202611221410_incoming_webhooks_create',
    phase: 'expand',
    sql: `
      create table incoming_webhook (
        id uuid primary key, room_id uuid not null, name text not null, person_id uuid not null,
        created timestamptz not null
      );
      create index incoming_webhook_person on incoming_webhook (person_id);
    `,
  },
];
