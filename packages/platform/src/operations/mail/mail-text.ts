const VALUE_MAX = 120;
const LINE_MAX = 76;
const isoTime = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/;
const lineBreaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
// Soft hyphens, zero width spaces, and what turns the direction of text around.
const hidden = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A text in one line, composed (NFC). */
export function oneLine(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(lineBreaks, ' ').replace(hidden, '').trim();
}

/**
 * A user's value as mails show it: one line of 120 characters at most, in which no mail program finds a URL
 * to make a link of; times of ISO 8601 as they are read. What is no text is empty.
 */
export function shownValue(value: unknown): string {
  if (typeof value !== 'string') return '';
  const [, day, time] = isoTime.exec(value) ?? [];
  if (day !== undefined) return `${day} ${time} UTC`;
  const line = oneLine(value.replaceAll('://', ' '));
  const characters = [...line];
  return characters.length > VALUE_MAX ? `${characters.slice(0, VALUE_MAX - 1).join('')}…` : line;
}

/** Fills `{name}` in a line. @returns undefined when a value is absent or empty */
export function fillLine(line: string, values: Readonly<Record<string, string>>): string | undefined {
  const names = [...line.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  if (names.some((name) => !values[name])) return undefined;
  return line.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}

/** Breaks a paragraph at its spaces into lines of 76 characters, where its words allow it. */
export function wrapParagraph(paragraph: string): string {
  const lines: string[] = [];
  for (const word of paragraph.split(' ')) {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + 1 + word.length <= LINE_MAX;
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
