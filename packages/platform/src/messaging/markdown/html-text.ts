import { sanitizeHtml } from './sanitize.ts';

const piece = /<(\/?)([a-z0-9-]+)[^>]*>|[^<]+/g;
const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const lineBlocks = new Set(['ul', 'ol', 'li', 'pre', 'blockquote', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

function decode(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity] ?? entity);
}

/** Collects text; line breaks wait until more text comes, so that none leads or trails. */
class TextWriter {
  #text = '';
  #breaks = 0;

  /** Asks for at least so many line breaks before the next text. */
  breakLine(count: number): void {
    this.#breaks = Math.max(this.#breaks, count);
  }

  addBreak(): void {
    this.#breaks += 1;
  }

  write(text: string): void {
    if (this.#text !== '') this.#text += '\n'.repeat(this.#breaks);
    this.#breaks = 0;
    this.#text += text;
  }

  flow(text: string): void {
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      if (index > 0) this.breakLine(1);
      const begun = this.#breaks > 0 || this.#text === '' ? line.trimStart() : line;
      const shown = index < lines.length - 1 ? begun.trimEnd() : begun;
      if (shown !== '') this.write(shown);
    }
  }

  preformatted(text: string): void {
    const endsLine = text.endsWith('\n');
    const shown = endsLine ? text.slice(0, -1) : text;
    if (shown !== '') this.write(shown);
    if (endsLine) this.breakLine(1);
  }

  result(): string {
    return this.#text.trimEnd();
  }
}

/** Text of html that the sanitiser or the renderer has written; other html is not understood. */
export function textOfCleanHtml(html: string): string {
  const writer = new TextWriter();
  let preDepth = 0;
  for (const [text, closing, tag] of html.matchAll(piece)) {
    if (tag === undefined) {
      if (preDepth > 0) writer.preformatted(decode(text));
      else writer.flow(decode(text));
      continue;
    }
    if (tag === 'br') writer.addBreak();
    else if (tag === 'p') writer.breakLine(2);
    else if (lineBlocks.has(tag)) writer.breakLine(1);
    if (tag === 'pre') preDepth += closing ? -1 : 1;
  }
  return writer.result();
}

/**
 * The plain text of html: tags go, entities are decoded, paragraphs are set apart by a blank line, other
 * blocks and `<br>` begin a line. List marks are not written.
 */
export function textOfHtml(html: string): string {
  return textOfCleanHtml(sanitizeHtml(html));
}
