import type { MarkdownIt, Token } from 'markdown-it';

/** A mention as it is written in markdown. The value of a person is an address or an id, unchecked. */
export type MentionRef =
  | { kind: 'personId' | 'personEmail'; value: string; label?: string }
  | { kind: 'all'; label?: string };

/** The person that a mention means. */
export type MentionTarget = {
  /** Storage id (UUID), for `mentionedPeople`. */
  id: string;
  /** Id as clients see it, for the html. */
  wireId: string;
  displayName: string;
};

/** Type of the tokens that stand for a mention; their `meta.ref` is a MentionRef. */
export const MENTION_TOKEN = 'mention';

const mentionPattern = /<@(?:all|(personId|personEmail):([^|<>\s]+))(?:\|([^<>\n]*))?>/y;

function toRef(kind: string | undefined, value: string | undefined, text: string | undefined): MentionRef {
  const label = text?.trim();
  const labelled = label ? { label } : {};
  if (value !== undefined && (kind === 'personId' || kind === 'personEmail'))
    return { kind, value, ...labelled };
  return { kind: 'all', ...labelled };
}

/** Reads the mention that starts at an offset, if one does. */
function readMention(source: string, at: number): { ref: MentionRef; end: number } | undefined {
  mentionPattern.lastIndex = at;
  const match = mentionPattern.exec(source);
  if (!match) return undefined;
  return { ref: toRef(match[1], match[2], match[3]), end: at + match[0].length };
}

/** Teaches a parser mentions. They are found wherever inline text is, so never inside code. */
export function addMentionRule(parser: MarkdownIt): void {
  parser.inline.ruler.before('autolink', MENTION_TOKEN, (state, silent) => {
    if (state.src[state.pos] !== '<' || state.src[state.pos + 1] !== '@') return false;
    const found = readMention(state.src, state.pos);
    if (!found) return false;
    if (!silent) state.push(MENTION_TOKEN, '', 0).meta = { ref: found.ref };
    state.pos = found.end;
    return true;
  });
}

/** The mentions among parsed tokens, in the order of the text. */
export function mentionsOf(tokens: Token[]): MentionRef[] {
  return tokens.flatMap((token) =>
    (token.children ?? [])
      .filter(({ type }) => type === MENTION_TOKEN)
      .map(({ meta }) => meta?.ref as MentionRef),
  );
}
