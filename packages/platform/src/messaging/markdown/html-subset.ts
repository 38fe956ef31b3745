/** Tags of a message body. Others lose the tag and keep the text. */
export const allowedTags: readonly string[] = [
  ...['p', 'br', 'b', 'strong', 'i', 'em', 'a', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'hr'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
];

/** The tag that stands for a mention. Only mentions of the markdown syntax make it, never raw html. */
export const MENTION_TAG = 'spark-mention';

/** Schemes that a link may have, without the colon. */
export const allowedSchemes: readonly string[] = ['http', 'https', 'mailto', 'tel', 'sip', 'sips'];

const allowedTarget = new RegExp(`^(?:${allowedSchemes.join('|')}):`, 'i');

/** Whether a link may lead there: absolute and of an allowed scheme (decided). */
export function isAllowedLink(target: string): boolean {
  return allowedTarget.test(target);
}

/** Escapes text between tags, in exactly the form that the sanitiser gives. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Escapes the value of a double-quoted attribute. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}
