import { existsSync } from 'node:fs';
import { join } from 'node:path';
import operations from './operations.json' with { type: 'json' };

/** How far an operation is built. */
export type CoverageStatus = 'done' | 'partial' | 'not_built';

/** One operation that the server claims. `path` may carry `/v1` and either `{id}` or `:id` parameters;
 *  `testedBy` are files from the root of the repository; `extension` marks what no official description has. */
export type OurOperation = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly status: CoverageStatus;
  readonly note?: string;
  readonly testedBy: readonly string[];
  readonly extension?: boolean;
};

/** An official operation: tier 1 is named by the FAQ or needed for it, tier 2 is expected by users of tier 1. */
export type OfficialRow = {
  readonly method: string;
  readonly path: string;
  readonly tier: number;
  readonly spec: string;
};

/** Every official operation of tier 1 and 2, from the committed list. */
export const officialRows: readonly OfficialRow[] = operations;

const labels: Readonly<Record<CoverageStatus, string>> = {
  done: 'done',
  partial: 'partial',
  not_built: 'not built',
};
const statuses: readonly CoverageStatus[] = ['done', 'partial', 'not_built'];

/** Renders the matrix as Markdown: counts per tier and description file, then one table per file with every
 *  official operation as done, partial or not built and the tests that show it. */
export function renderCoverage(ours: readonly OurOperation[], official: readonly OfficialRow[]): string {
  const rows = joinRows(ours, official);
  const specs = [...new Set(official.map((row) => row.spec))];
  const extensions = ours.filter((own) => own.extension);
  return [
    '## Counts',
    '',
    countTable(rows, specs),
    ...specs.flatMap((spec) => [
      '',
      `## ${spec}`,
      '',
      table(rows.filter((row) => row.official.spec === spec)),
    ]),
    ...(extensions.length > 0 ? ['', '## Extensions', '', extensionTable(extensions)] : []),
    '',
  ].join('\n');
}

/** Lists what is wrong with our claims: an operation that is neither official nor marked as an extension, one
 *  claimed twice, a test file that does not exist, and `done` or `partial` without a test.
 *  @param root  folder that `testedBy` starts from; default the working directory */
export function checkCoverage(
  ours: readonly OurOperation[],
  official: readonly OfficialRow[],
  root: string = process.cwd(),
): string[] {
  const byKey = new Map<string, OurOperation>();
  const ids = new Set<string>();
  const problems: string[] = [];
  for (const own of ours) {
    const twin = byKey.get(keyOf(own));
    if (twin) problems.push(`${own.id}: ${own.method} ${own.path} is claimed by ${twin.id} too; keep one`);
    if (ids.has(own.id)) problems.push(`${own.id}: the id is used twice; rename one`);
    byKey.set(keyOf(own), own);
    ids.add(own.id);
    problems.push(...checkClaim(own, official, root));
  }
  return problems;
}

function checkClaim(own: OurOperation, official: readonly OfficialRow[], root: string): string[] {
  const problems: string[] = [];
  const isOfficial = official.some((row) => matches(row, own));
  if (!isOfficial && !own.extension) {
    problems.push(`${own.id}: ${own.method} ${own.path} is not official; correct it or set extension: true`);
  }
  if (isOfficial && own.extension) problems.push(`${own.id}: is official; leave extension out`);
  if (own.status !== 'not_built' && own.testedBy.length === 0) {
    problems.push(`${own.id}: is ${labels[own.status]} but testedBy is empty; name its tests`);
  }
  for (const file of own.testedBy) {
    if (!existsSync(join(root, file)))
      problems.push(`${own.id}: testedBy names ${file}, which does not exist`);
  }
  return problems;
}

type Row = { readonly official: OfficialRow; readonly own: OurOperation | undefined };

function joinRows(ours: readonly OurOperation[], official: readonly OfficialRow[]): Row[] {
  return official.map((row) => ({ official: row, own: ours.find((own) => matches(row, own)) }));
}

function matches(row: OfficialRow, own: Pick<OurOperation, 'method' | 'path'>): boolean {
  const isMethod = row.method === '*' || row.method === own.method.toUpperCase();
  return isMethod && normalPath(row.path) === normalPath(own.path);
}

function keyOf(own: OurOperation): string {
  return `${own.method.toUpperCase()} ${withoutNames(own.path)}`;
}

/** Whether an official description, or what users expect beside them, has the operation. */
export function isOfficial(own: Pick<OurOperation, 'method' | 'path'>): boolean {
  return officialRows.some((row) => matches(row, own));
}

/** Drops the version prefix and the names of parameters, which carry no meaning on the wire. */
function normalPath(path: string): string {
  return withoutNames(path.replace(/^\/v1(?=\/)/, ''));
}

function withoutNames(path: string): string {
  return path.replace(/\{[^}]*\}|:[^/]+/g, '{}');
}

function statusOf(row: Row): CoverageStatus {
  return row.own?.status ?? 'not_built';
}

function countTable(rows: readonly Row[], specs: readonly string[]): string {
  const groups: [string, readonly Row[]][] = [];
  for (const tier of [...new Set(rows.map((row) => row.official.tier))].sort()) {
    const ofTier = rows.filter((row) => row.official.tier === tier);
    groups.push([`**tier ${tier}**`, ofTier]);
    for (const spec of specs)
      groups.push([`tier ${tier} ${spec}`, ofTier.filter((row) => row.official.spec === spec)]);
  }
  groups.push(['**all**', rows]);
  const filled = groups.filter(([, members]) => members.length > 0);
  return markdownTable(
    ['', ...statuses.map((status) => labels[status]), 'total'],
    filled.map(([name, members]) => [
      name,
      ...statuses.map((status) => String(members.filter((row) => statusOf(row) === status).length)),
      String(members.length),
    ]),
  );
}

function table(rows: readonly Row[]): string {
  return markdownTable(
    ['operation', 'tier', 'status', 'tested by', 'note'],
    rows.map((row) => [
      `\`${row.official.method} ${row.official.path}\``,
      String(row.official.tier),
      labels[statusOf(row)],
      (row.own?.testedBy ?? []).join(', '),
      row.own?.note ?? '',
    ]),
  );
}

function extensionTable(extensions: readonly OurOperation[]): string {
  return markdownTable(
    ['operation', 'status', 'tested by', 'note'],
    extensions.map((own) => [
      `\`${own.method} ${own.path}\``,
      labels[own.status],
      own.testedBy.join(', '),
      own.note ?? '',
    ]),
  );
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
