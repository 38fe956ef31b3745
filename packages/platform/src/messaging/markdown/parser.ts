import createMarkdownIt, { type MarkdownIt, type RendererRule } from 'markdown-it';
import { escapeAttribute, escapeText, MENTION_TAG } from './html-subset.ts';
import { addLinkRules } from './links.ts';
import { addMentionRule, MENTION_TOKEN, type MentionRef, type MentionTarget } from './mention.ts';
import { addRawHtmlRule, type RawHtmlEnvironment } from './raw-html.ts';

/** What a rendering needs and collects; ids and groups are kept in order of first mention. */
export type RenderEnvironment = RawHtmlEnvironment & {
  resolve(ref: MentionRef): MentionTarget | undefined;
  people: Set<string>;
  groups: Set<'all'>;
};

/** Bounds lists, quotes and emphasis inside each other; what lies deeper is left out or stays unmarked. */
const MAX_NESTING = 60;

const languageName = /^[\w+#.-]{1,32}$/;

/** Raw html is parsed inline only, so that mentions and marks inside it work; the rest is no part of the subset. */
const disabledRules = ['html_block', 'table', 'strikethrough', 'image'];

function renderMention(ref: MentionRef, env: RenderEnvironment): string {
  if (ref.kind === 'all') {
    env.groups.add('all');
    const label = escapeText(ref.label ?? 'All');
    return `<${MENTION_TAG} data-object-type="groupMention" data-group-type="all">${label}</${MENTION_TAG}>`;
  }
  const target = env.resolve(ref);
  if (!target) return escapeText(ref.label ?? ref.value);
  env.people.add(target.id);
  const id = escapeAttribute(target.wireId);
  const label = escapeText(ref.label ?? target.displayName);
  return `<${MENTION_TAG} data-object-type="person" data-object-id="${id}">${label}</${MENTION_TAG}>`;
}

function renderFence(info: string, content: string): string {
  const language = info.trim().split(/\s/, 1)[0] ?? '';
  const attribute = languageName.test(language) ? ` class="language-${language}"` : '';
  return `<pre><code${attribute}>${escapeText(content)}</code></pre>\n`;
}

function setRenderRules(parser: MarkdownIt): void {
  Object.assign(parser.renderer.rules, {
    text: (tokens, index) => escapeText(tokens[index]?.content ?? ''),
    code_inline: (tokens, index) => `<code>${escapeText(tokens[index]?.content ?? '')}</code>`,
    code_block: (tokens, index) => renderFence('', tokens[index]?.content ?? ''),
    fence: (tokens, index) => renderFence(tokens[index]?.info ?? '', tokens[index]?.content ?? ''),
    [MENTION_TOKEN]: (tokens, index, _options, env) =>
      renderMention(tokens[index]?.meta?.ref as MentionRef, env as RenderEnvironment),
  } satisfies Record<string, RendererRule>);
}

function createParser(): MarkdownIt {
  const parser = createMarkdownIt({ html: true, xhtmlOut: true, linkify: false, maxNesting: MAX_NESTING });
  parser.disable(disabledRules);
  addLinkRules(parser);
  addMentionRule(parser);
  addRawHtmlRule(parser);
  setRenderRules(parser);
  return parser;
}

/** The parser of message bodies; it keeps nothing between calls. */
export const messageParser = createParser();
