import type pg from 'pg';

/** A table and the columns that hold what was written to it (generated ones are left out), sorted by name. */
export type TableFacts = { name: string; columns: string[] };

// The list of applied steps is made anew by the migrator of the restored database.
const LEFT_OUT = 'migration';

const TABLES = `
  select class.relname as name,
    array(select attname::text from pg_attribute
          where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = ''
          order by attname) as columns
  from pg_class class
  where class.relnamespace = current_schema()::regnamespace and class.relkind = 'r' and class.relname <> $1
  order by class.relname`;

const REFERENCES = `
  select referrer.relname as referrer, referred.relname as referred
  from pg_constraint
  join pg_class referrer on referrer.oid = conrelid
  join pg_class referred on referred.oid = confrelid
  where contype = 'f' and conrelid <> confrelid and connamespace = current_schema()::regnamespace`;

const SEQUENCES = `
  select sequencename as name, last_value::text as "lastValue"
  from pg_sequences where schemaname = current_schema() and not exists (
    select 1 from pg_depend depend join pg_class owner on owner.oid = depend.refobjid
    where depend.objid = format('%I.%I', schemaname, sequencename)::regclass and owner.relname = $1)
  order by sequencename`;

/** Puts referred tables before those that refer to them; a cycle is left in the order of names. */
function inReferenceOrder(
  tables: TableFacts[],
  references: { referrer: string; referred: string }[],
): TableFacts[] {
  const ordered: TableFacts[] = [];
  let waiting = tables;
  while (waiting.length > 0) {
    const names = new Set(waiting.map((table) => table.name));
    const blocked = new Set(
      references.filter((edge) => names.has(edge.referred)).map((edge) => edge.referrer),
    );
    const free = waiting.filter((table) => !blocked.has(table.name));
    const taken = free.length > 0 ? free : waiting;
    ordered.push(...taken);
    waiting = waiting.filter((table) => !taken.includes(table));
  }
  return ordered;
}

/** The tables of a world, in an order in which their foreign keys can be met. */
export async function listTables(client: pg.ClientBase): Promise<TableFacts[]> {
  const tables = await client.query<TableFacts>(TABLES, [LEFT_OUT]);
  const references = await client.query<{ referrer: string; referred: string }>(REFERENCES);
  return inReferenceOrder(tables.rows, references.rows);
}

/** The sequences of a world with their last values. */
export async function listSequences(
  client: pg.ClientBase,
): Promise<{ name: string; lastValue: string | null }[]> {
  return (await client.query<{ name: string; lastValue: string | null }>(SEQUENCES, [LEFT_OUT])).rows;
}

/** Whether a database has no table yet. */
export async function isEmptyDatabase(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm') limit 1`,
  );
  return rows.length === 0;
}
