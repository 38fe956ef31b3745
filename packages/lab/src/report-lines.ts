import type { LoadedWorld } from './load/load-world.ts';

const MOST_LINES = 30;

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd(),
  );
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const more = rows.length > MOST_LINES ? [`  and ${rows.length - MOST_LINES} more`] : [];
  return [title, ...table(rows.slice(0, MOST_LINES)), ...more];
}

/** What a start prints of a world: who can be acted as, and what has no effect yet. */
export function reportLines({ people, bots, pending }: LoadedWorld): string[] {
  return [
    ...section(
      'People (Authorization: Bearer <token>)',
      people.map(({ email, displayName, roles, token }) => [
        email,
        displayName,
        roles.join(',') || 'user',
        token ?? `moot token mint --person ${email}`,
      ]),
    ),
    ...section(
      'Bots',
      bots.map(({ email, displayName, token }) => [email, displayName, 'bot', token]),
    ),
    ...section(
      'Kept, but not yet active',
      pending.map((line) => [line]),
    ),
  ];
}
