import { textOfCleanHtml } from './html-text.ts';
import { type MentionRef, type MentionTarget, mentionsOf } from './mention.ts';
import { widenNestedLists } from './nested-lists.ts';
import { messageParser, type RenderEnvironment } from './parser.ts';
import { sanitizeHtml } from './sanitize.ts';

/** A message body in its other two forms, with whom it mentions. */
export type RenderedBody = {
  html: string;
  text: string;
  /** UUIDs in the order of the text, each once. */
  mentionedPeople: string[];
  mentionedGroups: 'all'[];
};

/** Text in which no character means anything to markdown or html: one paragraph, as it is. */
const plainText = /^\p{L}(?:[\p{L}\p{N} ,.?'()!:;%@$/-]*[\p{L}\p{N},.?'()!:;%@$/-])?$/u;

const emptyParagraph = /<p>\s*<\/p>\n?/g;

/**
 * The mentions of a body in order, repeated ones too: `<@personEmail:a@b|Label>`, `<@personId:ID|Label>`,
 * `<@all>`, with or without a label. Not those in code or escaped by a backslash.
 * @source documented
 */
export function findMentions(markdown: string): MentionRef[] {
  if (!markdown.includes('<@')) return [];
  return mentionsOf(messageParser.parse(widenNestedLists(markdown), {}));
}

/**
 * Renders a body. Never throws for any text; a mention that `resolve` does not know becomes plain text.
 * The cost is bounded for a body within the limit of a message: check its size first.
 * @source subset, mention syntax and html documented or as-observed; plain text of blocks decided
 */
export function renderMarkdown(
  markdown: string,
  resolve: (ref: MentionRef) => MentionTarget | undefined,
): RenderedBody {
  if (plainText.test(markdown)) {
    return { html: `<p>${markdown}</p>`, text: markdown, mentionedPeople: [], mentionedGroups: [] };
  }
  const env: RenderEnvironment = { resolve, people: new Set(), groups: new Set() };
  const rendered = messageParser.render(widenNestedLists(markdown), env);
  const html = env.hasRawHtml
    ? sanitizeHtml(rendered).replaceAll(emptyParagraph, '').trim()
    : rendered.trim();
  return {
    html,
    text: textOfCleanHtml(html),
    mentionedPeople: [...env.people],
    mentionedGroups: [...env.groups],
  };
}
