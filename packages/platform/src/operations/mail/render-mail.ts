import MarkdownIt from 'markdown-it';
import { fillLine, oneLine, shownValue, wrapParagraph } from './mail-text.ts';
import { type MailWords, mailFooter, mailWords } from './mail-words.data.ts';

/** Which mail it is. */
export type MailKind = keyof typeof mailWords;

/** A mail in its words. */
export type RenderedMail = { subject: string; text: string; html: string; links: string[] };

/** What a mail says beside its words. */
export type MailContent = {
  /** Users' texts may be among them. */
  values: Readonly<Record<string, unknown>>;
  /** The sealed link; undefined when it is not known any more. */
  secretLink: string | undefined;
  /** Base of this server's pages; no slash at the end. */
  publicUrl: string;
  supportContact: string;
};

type Parts = { before: string[]; after: string[]; footer: string[]; link?: { url: string; label: string } };

const { escapeHtml } = new MarkdownIt().utils;

/** @throws RangeError when it is no http(s) URL */
function checkedUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new RangeError('its link is no http(s) URL');
  return new URL(text).href;
}

function linkOf({ link }: MailWords, { publicUrl, secretLink }: MailContent): Pick<Parts, 'link'> {
  if (!link) return {};
  const url = link.to === 'secret' ? secretLink : `${publicUrl}${link.to}`;
  return url === undefined ? {} : { link: { url: checkedUrl(url), label: link.label } };
}

function textOf({ before, after, footer, link }: Parts): string {
  // In one piece on a line of its own, so that a mail program finds where it ends.
  const linked = link ? [`${link.label}:\n${link.url}`] : [];
  const paragraphs = [...before.map(wrapParagraph), ...linked, ...after.map(wrapParagraph)];
  return `${[...paragraphs, `-- \n${footer.map(wrapParagraph).join('\n')}`].join('\n\n')}\n`;
}

function htmlOf({ before, after, footer, link }: Parts): string {
  const paragraph = (line: string) => `<p>${escapeHtml(line)}</p>`;
  const url = escapeHtml(link?.url ?? '');
  const linked = link ? [`<p><a href="${url}">${escapeHtml(link.label)}</a></p>`, `<p>${url}</p>`] : [];
  const parts = [before.map(paragraph), linked, after.map(paragraph), '<hr>', footer.map(paragraph)];
  const head = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"></head><body>';
  return `${head}\n${parts.flat().join('\n')}\n</body></html>\n`;
}

/** Whether there are words for a kind of mail. */
export function isMailKind(kind: string): kind is MailKind {
  return Object.hasOwn(mailWords, kind);
}

/**
 * Writes a mail: a subject of one line, plain text, and the same as simple HTML without images. A line whose
 * values are not known is left out, and so is a link that is not known any more.
 * @throws RangeError when its link is no http(s) URL
 */
export function renderMail(kind: MailKind, content: MailContent): RenderedMail {
  const words: MailWords = mailWords[kind];
  const users = Object.entries(content.values).map(([name, value]) => [name, shownValue(value)]);
  const values: Record<string, string> = {
    ...Object.fromEntries(users),
    support: oneLine(content.supportContact),
    server: content.publicUrl,
  };
  const filled = (lines: readonly string[]) =>
    lines.map((line) => fillLine(line, values)).filter((line) => line !== undefined);
  const parts: Parts = {
    before: filled(words.before),
    after: filled(words.after),
    footer: filled(mailFooter),
    ...linkOf(words, content),
  };
  const subject = fillLine(words.subject, values) ?? words.subject.replace(/\s*\{\w+\}/g, '');
  return { subject, text: textOf(parts), html: htmlOf(parts), links: parts.link ? [parts.link.url] : [] };
}
