import sanitize from 'sanitize-html';
import { allowedSchemes, allowedTags, isAllowedLink, MENTION_TAG } from './html-subset.ts';

/** Deeper elements lose their tags and keep their text. Above what the markdown parser can nest. */
const MAX_ELEMENT_DEPTH = 200;

const options: sanitize.IOptions = {
  allowedTags: [...allowedTags, MENTION_TAG],
  allowedAttributes: {
    a: ['href', 'rel'],
    ol: ['start'],
    [MENTION_TAG]: ['data-object-type', 'data-object-id', 'data-group-type'],
  },
  allowedClasses: { code: [/^language-[\w+#.-]{1,32}$/] },
  allowedSchemes: [...allowedSchemes],
  allowProtocolRelative: false,
  nestingLimit: MAX_ELEMENT_DEPTH,
  transformTags: {
    a: (tagName, { href = '' }) => {
      const attribs: sanitize.Attributes = isAllowedLink(href) ? { href, rel: 'nofollow' } : {};
      return { tagName, attribs };
    },
  },
  exclusiveFilter: ({ tag, attribs }) => (tag === 'a' && !attribs.href ? 'excludeTag' : false),
};

/**
 * Reduces html to the tags and attributes of a message body, closed and nested properly.
 * Links lead only to absolute http, https, mailto, tel or sip targets and carry `rel="nofollow"`; scripts and
 * styles go with their content, other tags leave their text. Mention elements pass: whoever takes html from
 * a client must check whom they name.
 * @source subset documented, tags of headings and rules decided
 */
export function sanitizeHtml(html: string): string {
  return sanitize(html, options).trim();
}
