import type { MarkdownIt, Token } from 'markdown-it';
import { allowedTags } from './html-subset.ts';

const tagPattern = /^<(\/?)([a-z][a-z0-9-]*)/i;
const silentTags = new Set(['script', 'style']);
const passing = new Set(allowedTags);

/** Set on the environment of a parse when html of the author is left, which has to be sanitised. */
export type RawHtmlEnvironment = { hasRawHtml?: boolean };

function tagOf(token: Token): { name: string; closes: boolean } | undefined {
  if (token.type !== 'html_inline') return undefined;
  const match = tagPattern.exec(token.content);
  return { name: match?.[2]?.toLowerCase() ?? '', closes: match?.[1] === '/' };
}

function lastClosings(tokens: Token[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    const tag = tagOf(token);
    if (tag?.closes && silentTags.has(tag.name)) last.set(tag.name, index);
  }
  return last;
}

/** Drops what may not pass: foreign tags, comments and the like, and what stands inside script and style. */
function filterTokens(tokens: Token[]): Token[] {
  const closings = lastClosings(tokens);
  const kept: Token[] = [];
  let silentUntil = '';
  for (const [index, token] of tokens.entries()) {
    const tag = tagOf(token);
    if (silentUntil) {
      if (tag?.closes && tag.name === silentUntil) silentUntil = '';
    } else if (!tag || passing.has(tag.name)) {
      kept.push(token);
    } else if (!tag.closes && (closings.get(tag.name) ?? -1) > index) {
      silentUntil = tag.name;
    }
  }
  return kept;
}

/**
 * Teaches a parser which html may stand in markdown. Only tags of message bodies stay, token by token, so
 * that no raw comment or script can swallow what follows and nobody can forge a mention element.
 */
export function addRawHtmlRule(parser: MarkdownIt): void {
  parser.core.ruler.push('raw_html', (state) => {
    for (const token of state.tokens) {
      if (!token.children?.some(({ type }) => type === 'html_inline')) continue;
      token.children = filterTokens(token.children);
      if (token.children.some(({ type }) => type === 'html_inline')) {
        (state.env as RawHtmlEnvironment).hasRawHtml = true;
      }
    }
  });
}
