import { Readable } from 'node:stream';
import type { World } from '../../world.ts';
import { type AuditFilter, listAuditEvents } from './audit-log.store.ts';
import type { AuditEventTable } from './audit-log.table.ts';

const ROWS_AT_ONCE = 500;

const columns: Readonly<Record<string, (row: AuditEventTable) => string>> = {
  time: (row) => row.at.toISOString(),
  category: (row) => row.category,
  action: (row) => row.action_text,
  actor: (row) => row.actor_name,
  'actor e-mail': (row) => row.actor_email,
  'actor roles': (row) => row.actor_roles.join(' '),
  'target type': (row) => row.target_type,
  target: (row) => row.target_name,
  'target id': (row) => row.target_id,
  ip: (row) => row.actor_ip ?? '',
  'user agent': (row) => row.actor_user_agent ?? '',
  'tracking id': (row) => row.tracking_id ?? '',
};

/** A spreadsheet would run what begins like a formula: an apostrophe makes it text. */
function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

async function* linesOf(world: World, filter: AuditFilter): AsyncGenerator<string> {
  yield lineOf(Object.keys(columns));
  for (let after: AuditFilter['after']; ; ) {
    const rows = await listAuditEvents(world.store.db, { ...filter, after }, { max: ROWS_AT_ONCE });
    const text = rows.map((row) => lineOf(Object.values(columns).map((cell) => cell(row)))).join('');
    if (text) yield text;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    after = { at: last.at, id: last.id };
  }
}

/** The audit log as CSV with a line of names, read as it is sent, however long it is. */
export function auditCsv(world: World, filter: AuditFilter): Readable {
  return Readable.from(linesOf(world, filter));
}
