import type { JsonColumn, Migration } from '@moothall/store';
import type { ColumnType, Selectable } from 'kysely';

/** What became of a mail: it waits, the mail server took it, or it was given up. */
export type MailState = 'waiting' | 'sent' | 'dead';

/** A mail to be sent; a directory table. */
export type MailOutboxTable = {
  id: string;
  /** Which mail it is, such as `invitation`; its words stand in `mail-words.data.ts`. */
  kind: string;
  to_email: string;
  /** Values of the mail's words; sealed secrets until the mail is sent or given up. */
  data: JsonColumn<Record<string, unknown>>;
  created: Date;
  /** Organisation on whose behalf it goes; null in rows of earlier releases. */
  org_id: ColumnType<string | null, string | null | undefined>;
  state: ColumnType<MailState, MailState | undefined>;
  /** Tries so far. */
  tries: ColumnType<number, number | undefined>;
  /** When it was last tried, or given up. */
  last_try_at: ColumnType<Date | null, Date | null | undefined>;
  sent_at: ColumnType<Date | null, Date | null | undefined>;
  /** Why the last try failed, or why it was given up. */
  last_error: ColumnType<string | null, string | null | undefined>;
};

/** A mail's row as it is read. */
export type MailRow = Selectable<MailOutboxTable>;

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
  {
    name: '202611222330_mail_sending',
    phase: 'expand',
    sql: `
      alter table mail_outbox add org_id uuid, add state text not null default 'waiting',
        add tries int not null default 0, add last_try_at timestamptz, add sent_at timestamptz,
        add last_error text;
      create index mail_outbox_waiting on mail_outbox (created) where state = 'waiting';
    `,
  },
];
