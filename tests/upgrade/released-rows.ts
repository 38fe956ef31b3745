import { createHash } from 'node:crypto';
import type { ReopenablePool } from '@moothall/store';

const id = (last: number) => `7b0f3a52-0000-7000-8000-${String(last).padStart(12, '0')}`;

/** Ids of the rows that the previous release left behind. */
export const left = {
  org: id(1),
  ada: id(2),
  ben: id(3),
  room: id(4),
  message: id(5),
  reply: id(6),
  team: id(7),
  webhook: id(8),
};

/** Text of Ada's token. */
export const adaToken = `YWRh_P0A1_${left.org}`;

const at = '2026-11-22T10:00:00.000Z';
const later = '2026-11-22T10:00:01.000Z';

/** Rows as a server of the previous release writes them; columns that came later are not named. */
const rows: readonly [table: string, columns: string, ...values: unknown[]][] = [
  ['org', 'id, display_name, created', left.org, 'Acme', at],
  [
    'person',
    'id, org_id, type, email, display_name, licenses, created, last_modified',
    ...[left.ada, left.org, 'person', 'ada@acme.test', 'Ada Adler', ['messaging'], at, at],
  ],
  [
    'person',
    'id, org_id, type, email, display_name, created, last_modified',
    ...[left.ben, left.org, 'person', 'ben@acme.test', 'Ben', at, at],
  ],
  [
    'token',
    'hash, id, person_id, scopes, created',
    ...[createHash('sha256').update(adaToken).digest(), id(9), left.ada, ['spark:all'], at],
  ],
  [
    'room',
    'id, org_id, creator_id, type, title, created, last_activity',
    ...[left.room, left.org, left.ada, 'group', 'General', at, later],
  ],
  ['membership', 'room_id, person_id, person_org_id, created', left.room, left.ada, left.org, at],
  ['membership', 'room_id, person_id, person_org_id, created', left.room, left.ben, left.org, at],
  [
    'message',
    'room_id, id, person_id, text, created',
    ...[left.room, left.message, left.ada, 'Written before the upgrade', at],
  ],
  [
    'message',
    'room_id, id, person_id, text, parent_id, created',
    ...[left.room, left.reply, left.ben, 'A reply', left.message, later],
  ],
  ['team', 'id, org_id, creator_id, name, created', left.team, left.org, left.ada, 'Ops', at],
  [
    'team_membership',
    'team_id, person_id, person_org_id, is_moderator, created',
    ...[left.team, left.ada, left.org, true, at],
  ],
  [
    'webhook',
    'id, org_id, created_by, creator_type, app_id, owned_by, name, target_url, resource, event, created',
    ...[
      left.webhook,
      left.org,
      left.ada,
      'person',
      `C${'0'.repeat(64)}`,
      'creator',
      'Hook',
      'http://127.0.0.1:9/',
      'messages',
      'created',
      at,
    ],
  ],
];

/** Writes what a server of the previous release would have left. */
export async function insertReleasedRows(pool: ReopenablePool): Promise<void> {
  for (const [table, columns, ...values] of rows) {
    const places = values.map((_value, index) => `$${index + 1}`).join(', ');
    await pool.query(`insert into ${table} (${columns}) values (${places})`, values);
  }
}
