/** Web pages as they lie in a folder after their build. */
export type Website = {
  /** Folder with `<entry>.html` of each entry and `assets/` with files whose names hold a hash of their content. */
  folder: string;
  /** Path of each entry, such as `/portal`, with the name of its HTML file; what lies below is the entry's too. */
  entries: Readonly<Record<string, string>>;
  /** Where `/` leads. */
  home: string;
  /** Told to the pages as `<meta name="moothall:KEY" content="VALUE">`. */
  facts: Readonly<Record<string, string>>;
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character]!);
}

/** The HTML of an entry with the site's facts in its head. */
export function withFacts(html: string, facts: Website['facts']): string {
  const metas = Object.entries(facts).map(
    ([key, value]) => `<meta name="moothall:${escapeHtml(key)}" content="${escapeHtml(value)}">`,
  );
  return html.replace('</head>', () => `${metas.join('')}</head>`);
}
