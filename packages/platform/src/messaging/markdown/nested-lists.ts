type Level = { indent: number; contentColumn: number };

const nestedItem = /^ {2,}(?:[-*+]|\d{1,9}[.)]) /m;
const item = /^( *)((?:[-*+]|\d{1,9}[.)]) {1,4})/;
const fence = /^ *(?:```|~~~)/;

/** Column at which an item has to stand to be nested as its author meant; keeps the open levels up to date. */
function placeItem(levels: Level[], indent: number, markWidth: number): number {
  let parent = levels.at(-1);
  while (parent && indent < parent.indent + 2) {
    levels.pop();
    parent = levels.at(-1);
  }
  const column = Math.max(indent, parent?.contentColumn ?? 0);
  levels.push({ indent, contentColumn: column + markWidth });
  return column;
}

/**
 * Makes two spaces enough to nest a list, whatever the width of the mark above it.
 * CommonMark asks for three under `1. `; message bodies nest by two.
 * @source two-space nesting documented
 */
export function widenNestedLists(markdown: string): string {
  if (!nestedItem.test(markdown)) return markdown;
  const levels: Level[] = [];
  let fenced = false;
  let afterBlank = false;
  const lines = markdown.split('\n').map((line) => {
    if (fence.test(line)) fenced = !fenced;
    const match = fenced ? null : item.exec(line);
    const blank = line.trim() === '';
    if (!match && !blank && afterBlank && !line.startsWith(' ')) levels.length = 0;
    afterBlank = blank;
    if (!match) return line;
    const [, spaces = '', mark = ''] = match;
    return ' '.repeat(placeItem(levels, spaces.length, mark.length)) + line.slice(spaces.length);
  });
  return lines.join('\n');
}
