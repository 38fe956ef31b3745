import type { JsonColumn, Migration } from '@moothall/store';

/** A mail to be sent; a directory table. What sends mail reads it in the order of its ids. */
export type MailOutboxTable = {
  id: string;
  /** Which mail it is, such as `invitation`; its words belong to whoever sends it. */
  kind: string;
  to_email: string;
  /** Values of the mail's words. */
  data: JsonColumn<Record<string, unknown>>;
  created: Date;
};

/** Schema of the outbox of mails. */
export const mailMigrations: readonly Migration[] = [
  {
    name: '202611221020_mail_create',
    phase: 'expand',
    sql: `
      create table mail_outbox (
        id uuid primary key, kind text not null, to_email text not null,
        data jsonb not null default '{}', created timestamptz not null
      );
    `,
  },
];
