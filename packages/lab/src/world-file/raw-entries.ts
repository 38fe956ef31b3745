/** An entry of a file before its form is known to be right, with where it stands. */
export type RawEntry = { value: Readonly<Record<string, unknown>>; path: string };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Entries of a list; what is no list or no entry is left out, since the schema tells of it. */
export function entriesOf(parent: RawEntry, list: string): RawEntry[] {
  const items = parent.value[list];
  if (!Array.isArray(items)) return [];
  return items.flatMap((value: unknown, index) =>
    isRecord(value) ? [{ value, path: `${joined(parent.path, list)}[${index}]` }] : [],
  );
}

/** Texts of a list, each with where it stands. */
export function textsOf(parent: RawEntry, list: string): { text: string; path: string }[] {
  const items = parent.value[list];
  if (!Array.isArray(items)) return [];
  return items.flatMap((value: unknown, index) =>
    typeof value === 'string' ? [{ text: value, path: `${joined(parent.path, list)}[${index}]` }] : [],
  );
}

/** A field that is a text; undefined where it is absent or something else. */
export function textOf(parent: RawEntry, field: string): string | undefined {
  const value = parent.value[field];
  return typeof value === 'string' ? value : undefined;
}

/** The whole file as an entry; empty when it is no object. */
export function rootOf(value: unknown): RawEntry {
  return { value: isRecord(value) ? value : {}, path: '' };
}

/** A path with one more name. */
export function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
