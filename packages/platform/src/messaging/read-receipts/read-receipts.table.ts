import type { Migration } from '@moothall/store';

/** Up to which message somebody has read a room; sharded by room. */
export type ReadReceiptTable = {
  room_id: string;
  person_id: string;
  message_id: string;
  /** When that message was posted: a later one takes its place, an earlier one does not. */
  message_created: Date;
  seen_at: Date;
};

/** Schema of read receipts. */
export const readReceiptMigrations: readonly Migration[] = [
  {
    name: '202611230850_read_receipts_create',
    phase: 'expand',
    sql: `
      create table read_receipt (
        room_id uuid not null, person_id uuid not null, message_id uuid not null,
        message_created timestamptz not null, seen_at timestamptz not null,
        primary key (room_id, person_id)
      );
      create index read_receipt_person on read_receipt (person_id);
    `,
  },
];
