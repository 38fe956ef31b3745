/** A Markdown table; bars within cells are escaped and line ends become spaces. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A page of the reference: title, a paragraph and what follows. */
export function page(title: string, intro: string, ...parts: string[]): string {
  const origin = '_Made by `npm run docs:reference`; edit what it is made of._';
  return `${[`# ${title}`, intro, origin, ...parts].join('\n\n').trimEnd()}\n`;
}
