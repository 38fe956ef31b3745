import type { Migration } from '@moothall/store';

/** Which bots an organisation lets into spaces; a directory table. Without a row all are. */
export type BotPolicyTable = {
  org_id: string;
  mode: 'all' | 'listed';
  /** Accounts of the listed bots. */
  bot_ids: string[];
  version: number;
};

/** Schema of policies about bots. */
export const botPolicyMigrations: readonly Migration[] = [
  {
    name: '202611222250_bot_policies_create',
    phase: 'expand',
    sql: `
      create table bot_policy (
        org_id uuid primary key, mode text not null check (mode in ('all', 'listed')),
        bot_ids uuid[] not null default '{}', version integer not null
      );
    `,
  },
];
