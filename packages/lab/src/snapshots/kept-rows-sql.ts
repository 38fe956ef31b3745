import type { TableFacts } from '@moothall/store';
import { quoted } from './database-server.ts';

/** Schema of the kept rows: in the world's database, but none of its own tables. */
export const SCHEMA = 'moothall_base';

/** A table of the world, its primary key, and the table of `SCHEMA` that keeps its rows; none if it had none. */
export type KeptTable = TableFacts & { key: readonly string[]; kept: string | undefined };

/** Primary keys of the tables of a world: rows of `name` and `key`. */
export const KEYS = `
  select class.relname as name,
    array(select attname::text from unnest(primary_key.indkey) with ordinality as part (number, place)
          join pg_attribute on attrelid = class.oid and attnum = part.number order by place) as key
  from pg_index primary_key join pg_class class on class.oid = primary_key.indrelid
  where primary_key.indisprimary and class.relnamespace = current_schema()::regnamespace`;

/** Which of the tables have rows: rows of `name`. */
export function filledStatement(tables: readonly TableFacts[]): string {
  return tables
    .map(
      ({ name }) =>
        `select '${name.replaceAll("'", "''")}' as name where exists (select from ${quoted(name)})`,
    )
    .join(' union all ');
}

/** The version of a row: what a transaction changes has its number. */
const VERSION = quoted('version of the row');

/** Runs a statement in a transaction of its own that sees what the snapshot does; nothing may come before it. */
export function asOf(snapshot: string, statement: string): string {
  return `begin isolation level repeatable read; set transaction snapshot '${snapshot}'; ${statement}; commit;`;
}

/** Keeps the rows of a table, which has some. */
export function keepStatement({ name, columns, kept = '' }: KeptTable, snapshot: string): string {
  const copy = `
    create table ${inSchema(kept)} as
      select xmin as ${VERSION}, ${columnsOf('world', columns)} from ${quoted(name)} world`;
  // Readers of the log wait for whatever is open.
  return `${asOf(snapshot, copy)} analyze ${inSchema(kept)};`;
}

function inSchema(kept: string): string {
  return `${SCHEMA}.${quoted(kept)}`;
}

function columnsOf(alias: string, columns: readonly string[]): string {
  return columns.map((column) => `${alias}.${quoted(column)}`).join(', ');
}

/** Whether a row of the one is the same as that of the other. */
function isSame({ key }: KeptTable): string {
  return key.map((column) => `kept.${quoted(column)} = world.${quoted(column)}`).join(' and ');
}

/** Removes the rows that were not there, or not so. */
function removeStatement(table: KeptTable): string {
  const { name, kept } = table;
  if (kept === undefined) return `delete from ${quoted(name)} where is_meant`;
  return `
    delete from ${quoted(name)} world where is_meant and not exists (
      select from ${inSchema(kept)} kept where ${isSame(table)} and kept.${VERSION} = world.xmin)`;
}

/** Puts in the rows that are missing. */
function insertStatement(table: KeptTable): string {
  const { name, columns, kept } = table;
  if (kept === undefined) return '';
  const now = 'pg_current_xact_id()::xid';
  return `
    update ${inSchema(kept)} kept set ${VERSION} = ${now} where is_meant and not exists (
      select from ${quoted(name)} world where ${isSame(table)});
    insert into ${quoted(name)} (${columns.map(quoted).join(', ')}) overriding system value
      select ${columnsOf('kept', columns)} from ${inSchema(kept)} kept where is_meant and ${VERSION} = ${now};`;
}

/** Begins to keep rows, in place of those that were. */
export const BEGIN = `
  drop schema if exists ${SCHEMA} cascade;
  create schema ${SCHEMA};
  create table ${SCHEMA}.whole (base text, steps text)`;

/** What tells tables of one form from those of another. */
const STEPS = "(select md5(string_agg(name || checksum, ' ' order by name)) from migration)";

/** Says that all rows of the base $1 are kept; the last step. */
export const END = `insert into ${SCHEMA}.whole select $1, ${STEPS}`;

/** Whether there is anything: rows of `isThere`. */
export const IS_THERE = `select to_regclass('${SCHEMA}.whole') is not null as "isThere"`;

/** A row where the rows of the base $1 are kept whole, and the tables have the form that they had then. */
export const IS_WHOLE = `select from ${SCHEMA}.whole where base = $1 and steps = ${STEPS}`;

/**
 * Makes `put_back(is_meant boolean)`. Called with false it changes nothing, but the session has its plans then, which
 * take ten times as long as what they do.
 * @param tables in an order in which foreign keys can be met
 */
export function putBackFunction(tables: readonly KeptTable[]): string {
  const removals = [...tables].reverse().map((table) => `${removeStatement(table)};`);
  return `
    create function ${SCHEMA}.put_back(is_meant boolean) returns void language plpgsql as $put_back$
    begin ${removals.join('')} ${tables.map(insertStatement).join('')} end $put_back$`;
}
