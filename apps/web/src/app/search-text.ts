/** The query of an address as texts; a name that comes twice has a list. Nothing is guessed to be a number. */
export type SearchTexts = Record<string, string | string[]>;

/** Reads a query without changing what its values are. */
export function parseSearchText(search: string): SearchTexts {
  const texts: SearchTexts = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = texts[name];
    texts[name] = before === undefined ? value : [before, value].flat();
  }
  return texts;
}

/** Writes a query, with its question mark; empty for none. */
export function stringifySearchText(texts: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(texts)) {
    for (const one of [value].flat()) if (one !== undefined) search.append(name, String(one));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}
