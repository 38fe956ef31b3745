type Item = Record<string, unknown>;

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Columns padded to the same width; the last one is not. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((text, at) => (at === row.length - 1 ? text : text.padEnd(widths[at]!))).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function listOf(items: readonly unknown[]): string {
  if (items.length === 0) return 'none\n';
  if (!items.every(isItem)) return items.map((item) => `${cell(item)}\n`).join('');
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
  return table([columns, ...items.map((item) => columns.map((column) => cell(item[column])))]);
}

/** A document for people: a list as a table, anything else as `name  value` lines. */
export function render(document: Item): string {
  const entries = Object.entries(document);
  const [first] = entries;
  if (entries.length === 1 && Array.isArray(first?.[1])) return listOf(first[1]);
  if (entries.length === 0) return 'done\n';
  return table(entries.map(([name, value]) => [name, cell(value)]));
}
