import type { MarkdownIt, Token } from 'markdown-it';
import { escapeAttribute, isAllowedLink } from './html-subset.ts';

function targetOf(token: Token | undefined): string {
  return String(token?.attrGet('href') ?? '');
}

/** Links do not nest, so the next closing belongs to the opening that was dropped. */
function withoutEmptyLinks(tokens: Token[]): Token[] {
  let dropping = false;
  return tokens.filter((token) => {
    if (token.type === 'link_open' && targetOf(token) === '') dropping = true;
    else if (token.type !== 'link_close' || !dropping) return true;
    else dropping = false;
    return false;
  });
}

/**
 * Teaches a parser the links of message bodies. One that may not lead to its target stays as it was
 * written; one without a target leaves its text.
 */
export function addLinkRules(parser: MarkdownIt): void {
  parser.validateLink = isAllowedLink;
  parser.core.ruler.push('empty_links', (state) => {
    for (const token of state.tokens) {
      if (token.children) token.children = withoutEmptyLinks(token.children);
    }
  });
  parser.renderer.rules.link_open = (tokens, index) =>
    `<a href="${escapeAttribute(targetOf(tokens[index]))}" rel="nofollow">`;
}
