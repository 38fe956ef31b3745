export { textOfHtml } from './html-text.ts';
export type { MentionRef, MentionTarget } from './mention.ts';
export { findMentions, type RenderedBody, renderMarkdown } from './render.ts';
export { sanitizeHtml } from './sanitize.ts';
