import { allMigrations } from '@moothall/platform';
import { type DatabaseAddress, ReopenablePool } from '@moothall/store';
import { createDatabase } from '@moothall/testkit';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

/** Tables whose rows lie where their room or team lies, with the column that says where. */
const shardColumns: Readonly<Record<string, string>> = {
  room: 'id',
  membership: 'room_id',
  message: 'room_id',
  attachment_action: 'room_id',
  room_tab: 'room_id',
  read_receipt: 'room_id',
  team: 'id',
  team_membership: 'team_id',
};

/** Tables that are whole on every node, or belong to one node's own work. */
const directory = [
  'app',
  'audit_event',
  'bot_policy',
  'content_key',
  'cursor',
  'event',
  'guest',
  'incoming_webhook',
  'integration_default',
  'integration_policy',
  'integration_request',
  'job',
  'job_part',
  'key_authorization',
  'key_resource',
  'kms_channel',
  'kms_identity',
  'kms_request',
  'lane',
  'license',
  'mail_outbox',
  'migration',
  'oauth_code',
  'oauth_device',
  'oauth_grant',
  'org',
  'password_try',
  'person',
  'personal_token',
  'presence_subscription',
  'registration',
  'sandbox',
  'service_app_authorization',
  'session',
  'sign_in_link',
  'signing_key',
  'state',
  'token',
  'webhook',
];

const UNIQUE_INDEXES = `
  select t.relname as table, i.relname as index,
    array(select attname::text from pg_attribute where attrelid = t.oid and attnum = any(x.indkey)) as columns
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
  where x.indisunique and t.relnamespace = 'public'::regnamespace`;

let pool: ReopenablePool;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createDatabase(JSON.parse(inject('testServer')) as DatabaseAddress);
  pool = new ReopenablePool(database.address, { maxConnections: 1, statementTimeoutMs: 10_000 });
  drop = async () => {
    await pool.end();
    await database.drop();
  };
});
afterAll(() => drop());

async function column(sql: string): Promise<string[]> {
  return (await pool.query<{ name: string }>(sql)).rows.map((row) => row.name);
}

describe('tables', () => {
  it('are each of one class: sharded, or of the directory', async () => {
    const tables = await column(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    expect(tables).toEqual([...Object.keys(shardColumns), ...directory].sort());
  });

  it('of a shard hold the column that says which in every unique index', async () => {
    const { rows } = await pool.query<{ table: string; index: string; columns: string[] }>(UNIQUE_INDEXES);
    const sharded = rows.filter(({ table }) => table in shardColumns);
    expect(sharded.length).toBeGreaterThanOrEqual(Object.keys(shardColumns).length);
    const wrong = sharded.filter(({ table, columns }) => !columns.includes(shardColumns[table]!));
    expect(wrong).toEqual([]);
  });

  it('are not tied by foreign keys, which could not cross shards', async () => {
    expect(await column(`select conname as name from pg_constraint where contype = 'f'`)).toEqual([]);
  });

  it('have a primary key, by which the lab puts rows back', async () => {
    const withoutKey = `select tablename as name from pg_tables where schemaname = 'public' and not exists (
      select from pg_index where indrelid = format('%I.%I', schemaname, tablename)::regclass and indisprimary)`;
    expect(await column(withoutKey)).toEqual([]);
    await pool.query('create table planted (title text)');
    expect(await column(withoutKey)).toEqual(['planted']);
    await pool.query('drop table planted');
  });

  it('never take the time from the database', async () => {
    const defaults = `select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and column_default ~* 'now\\(|current_(timestamp|date|time)|clock_timestamp'`;
    expect(await column(defaults)).toEqual([]);
  });
});

describe('migrations', () => {
  const names = allMigrations().map((step) => step.name);

  it('have names of their own, made of a time, a slice and what they do', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      const [, year, month, day, hour, minute] =
        /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)_[a-z0-9]+(?:_[a-z0-9]+)+$/.exec(name) ?? [];
      const iso = `${year}-${month}-${day}T${hour}:${minute}:00.000Z`;
      const time = new Date(iso);
      expect([name, Number.isNaN(time.getTime()) ? 'no time' : time.toISOString()]).toEqual([name, iso]);
    }
  });
});
