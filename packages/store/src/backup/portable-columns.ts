import pg from 'pg';
import type { TableFacts } from './schema-facts.ts';

/**
 * Transaction ids mean nothing in another cluster, and a reader's cursor is a transaction id with a
 * sequence number. In a backup `tx` becomes the number of cursors that lie before the row: all that the
 * slowest reader has handled gets 0, and each cursor still divides the log where it did, so that
 * nothing is handled twice and nothing is passed over. The numbers stay below any real transaction id,
 * so that new events come after; `seq` is kept.
 */
function cursorsBefore(table: 'event' | 'cursor'): string {
  return `(select count(*) from (select distinct tx, seq from cursor) place
           where (place.tx, place.seq) < (${table}.tx, ${table}.seq))::text::xid8`;
}

const REPLACED: Record<string, Record<string, string>> = {
  event: { tx: cursorsBefore('event') },
  cursor: { tx: cursorsBefore('cursor'), seq: '(select coalesce(max(seq), 0) from event)' },
  // Whoever had the lane is not there after a restore.
  lane: { leased_by: 'null' },
};

/** Quoted names of columns, comma separated. */
export function columnList(columns: readonly string[]): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ');
}

/** The statement that writes a table out in a form that holds in another cluster. */
export function copyOutStatement({ name, columns }: TableFacts): string {
  const values = columns.map((column) => {
    const quoted = pg.escapeIdentifier(column);
    const replacement = REPLACED[name]?.[column];
    return replacement === undefined ? quoted : `${replacement} as ${quoted}`;
  });
  return `copy (select ${values.join(', ')} from ${pg.escapeIdentifier(name)}) to stdout`;
}
