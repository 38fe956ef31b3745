/**
 * The e-mail addresses in a text: separated by line breaks, commas, semicolons or spaces, or in the form
 * `Ada Adler <ada@example.com>`. Each once, in order; what is no address is kept, so that it can be told.
 */
export function addressesIn(text: string): string[] {
  const parts = text.split(/[\n,;]+/).flatMap((part) => /<([^<>]*)>/.exec(part)?.[1] ?? part.split(/\s+/));
  const seen = new Map(parts.map((part) => [part.trim().toLowerCase(), part.trim()]));
  return [...seen.values()].filter((address) => address !== '');
}
