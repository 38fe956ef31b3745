import type { Migration } from '@moothall/store';

/** That somebody is told of another's presence; a directory table, in order of who is told. */
export type PresenceSubscriptionTable = {
  watcher_id: string;
  subject_id: string;
  /** From then on it is not there, whether its row has been deleted by then or not. */
  expires_at: Date;
};

/** Schema of subscriptions to presence. */
export const presenceMigrations: readonly Migration[] = [
  {
    name: '202611230346_presence_subscriptions_create',
    phase: 'expand',
    sql: `
      create table presence_subscription (
        watcher_id uuid not null, subject_id uuid not null, expires_at timestamptz not null,
        primary key (watcher_id, subject_id)
      );
      create index presence_subscription_subject on presence_subscription (subject_id);
    `,
  },
];
