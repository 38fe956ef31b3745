import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMentions, renderMarkdown, sanitizeHtml, textOfHtml } from './index.ts';

const MAX_BODY_BYTES = 7439;
const BOUND_MS = 500;
const target = { id: '1', wireId: 'w', displayName: 'Ada' };

const units = [
  ...[
    '[',
    ']',
    '(',
    '>',
    '> ',
    '*',
    '**',
    '***',
    '_',
    '<',
    '`',
    '~',
    '!',
    '![',
    '&',
    '\\',
    '#',
    '|',
    '\n',
    ' ',
    '\t',
  ],
  ...[
    '- ',
    '* ',
    '1. ',
    '- - a\n',
    '* a\n',
    'a\n\n',
    'x\n',
    '>\n',
    '- \n',
    '- a\n  ',
    '```\n',
    '~~~\n',
    '---\n',
    '\0',
  ],
  ...[
    '*a',
    '*a ',
    '**a ',
    'a**b',
    '*a_ ',
    '`a',
    '``a`',
    '[a](',
    '[a](<b',
    '[[]',
    '[]',
    '![[]()',
    '[a][',
    '[a]: b\n',
    '[a](http://b) ',
  ],
  ...[
    '<a',
    '<b>',
    '</b>',
    '<p>',
    '<pre>',
    '<ul><li>',
    '<blockquote>',
    '<a href="',
    '<a href="x">',
    '<a href="http://x">',
    '<br>',
    '<p> ',
    '<h1>',
  ],
  ...[
    '<script>',
    '</script>',
    '<style>',
    '<!--',
    '<?',
    '<!A',
    '<![CDATA[',
    '<xmp>',
    '<svg>',
    '<textarea>',
    '<option>',
    '<i ',
    '</p>',
    '</br>',
  ],
  ...[
    '<@',
    '<@all>',
    '<@all|',
    '<@personEmail:',
    '<@personId:a>',
    '<@personId:a|b',
    '<a@b.c>',
    'http://a',
    '&amp;',
    '&#x',
    '[x](javascript:',
  ],
  ...['\u{1F600}', '\ud800', '"\'', 'a\u00a0', '\u2028'],
];

function filled(unit: string): string {
  return unit.repeat(Math.ceil(MAX_BODY_BYTES / unit.length)).slice(0, MAX_BODY_BYTES);
}

function growing(line: (count: number) => string): string {
  let text = '';
  for (let count = 1; text.length < MAX_BODY_BYTES; count++) text += line(count);
  return text.slice(0, MAX_BODY_BYTES);
}

const shapes: [string, string][] = [
  ...units.map((unit): [string, string] => [JSON.stringify(unit), filled(unit)]),
  ['nested list', growing((depth) => `${'  '.repeat(depth - 1)}- a\n`)],
  ['nested ordered list', growing((depth) => `${'  '.repeat(depth - 1)}1. a\n`)],
  ['code fences of all lengths', growing((count) => `${'`'.repeat(count)}a `)],
  ['stars of all lengths', growing((count) => `${'*'.repeat(count)}a `)],
  ['brackets in pairs', '['.repeat(3700) + ']'.repeat(3700)],
  ['links in links', '[a]('.repeat(900) + ')'.repeat(900)],
  ['emphasis in pairs', '*a '.repeat(1200) + ' a*'.repeat(1200)],
  ['quotes, then lazy lines', '>'.repeat(3000) + 'a\n'.repeat(2200)],
  ['references', '[a]: http://b\n'.repeat(260) + '[a]'.repeat(1200)],
  ['spaces inside', `a${' '.repeat(7000)}b`],
  ['elements in pairs', '<b>'.repeat(1000) + '</b>'.repeat(1000)],
];

function elapsedMs(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

describe('bombs', () => {
  test.each(shapes)('%s', (_, markdown) => {
    const tookMs = elapsedMs(() => renderMarkdown(markdown, () => target));
    expect(tookMs).toBeLessThan(BOUND_MS);
    expect(elapsedMs(() => findMentions(markdown))).toBeLessThan(BOUND_MS);
    expect(elapsedMs(() => sanitizeHtml(markdown))).toBeLessThan(BOUND_MS);
    expect(elapsedMs(() => textOfHtml(markdown))).toBeLessThan(BOUND_MS);
  });

  test('keeps what people nest', () => {
    const deep = Array.from({ length: 12 }, (_, depth) => `${'  '.repeat(depth)}- level${depth}`).join('\n');
    expect(renderMarkdown(deep, () => undefined).text.split('\n')).toHaveLength(12);
  });
});

const cleanTag = /<\/?[a-z][a-z0-9-]*(?: (?:href|rel|start|class|data-[a-z-]+)="[^"<>]*")*(?: \/)?>/g;

/** Every tag has only known attributes, nothing outside tags looks like one, and links go where they may. */
function expectClean(html: string): void {
  expect(html.replaceAll(cleanTag, '')).not.toMatch(/[<>]/);
  expect(html).not.toMatch(/<(?:script|style|iframe|svg|img|object|form)/i);
  const hrefs = [...html.matchAll(/<a href="([^"]*)"( rel="nofollow")?/g)];
  expect(hrefs).toHaveLength([...html.matchAll(/<a[ >]/g)].length);
  for (const [, href, rel] of hrefs) {
    expect(href).toMatch(/^(?:https?|mailto|tel|sips?):/i);
    expect(rel).toBeDefined();
  }
}

const fragments = fc.constantFrom(
  ...units,
  ...[
    '<script src=x>',
    '<b onclick=x()>',
    '<a href="javascript:x">',
    '<a href=\'data:x\' onfocus="y">',
    '" onload="',
    'word',
    '\n\n',
    '  \n',
  ],
  ...[
    '<img src=x onerror=y>',
    '<iframe>',
    '<!-- -->',
    '<svg/onload=x>',
    '[a](vbscript:x)',
    '[a](data:text/html,x)',
    '<spark-mention x="y">',
  ],
  ...[
    '<http://a.test/"onclick=x>',
    '[a](http://x/"onclick="y)',
    '```"onclick=x\n',
    '<@personEmail:"onclick=x>',
    '&lt;script&gt;',
    '&#106;avascript:',
  ],
);
const bodies = fc.oneof(
  fc.array(fragments, { maxLength: 25 }).map((parts) => parts.join('')),
  fc
    .array(fc.oneof(fragments, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 25 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.string(),
);

describe('any text', () => {
  test('renders to clean html and trimmed text', () => {
    fc.assert(
      fc.property(bodies, (markdown) => {
        const { html, text } = renderMarkdown(markdown, () => ({
          ...target,
          displayName: '<i onclick="x">',
        }));
        expectClean(html);
        expect([html, text]).toEqual([html.trim(), text.trimEnd()]);
      }),
      { numRuns: 3000 },
    );
  });

  test('without raw html, renders exactly what the sanitiser would let pass', () => {
    fc.assert(
      fc.property(bodies, (markdown) => {
        fc.pre(!/<[a-z/!?]/i.test(markdown.replaceAll(/<(?:https?:\/\/a\.test|a@b\.c)>/g, '')));
        const { html } = renderMarkdown(markdown, () => target);
        expect(sanitizeHtml(html)).toBe(html);
      }),
      { numRuns: 1000 },
    );
  });

  test('sanitises to clean html', () => {
    fc.assert(
      fc.property(bodies, (html) => {
        expectClean(sanitizeHtml(html));
        expect(typeof textOfHtml(html)).toBe('string');
      }),
      { numRuns: 3000 },
    );
  });

  test('finds the mentions that it renders', () => {
    const pieces = fc.constantFrom(
      '<@all> ',
      '<@personId:a> ',
      '`',
      '**',
      '\n\n',
      '- ',
      'x ',
      '<b>',
      '\\',
      '```\n',
      '[',
      '](http://a)',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        const markdown = parts.join('');
        const kinds = new Set(findMentions(markdown).map(({ kind }) => kind));
        const body = renderMarkdown(markdown, () => target);
        expect([body.mentionedPeople.length, body.mentionedGroups.length]).toEqual([
          kinds.has('personId') ? 1 : 0,
          kinds.has('all') ? 1 : 0,
        ]);
        expect(body.html.includes('data-object-id')).toBe(kinds.has('personId'));
      }),
    );
  });

  test('plain text takes the short way to the same result', () => {
    const plain = fc.stringMatching(/^[a-zA-Zé][a-zA-Z0-9 ,.?'()!:;%@$/-]*[a-z.]$/);
    fc.assert(
      fc.property(plain, (markdown) => {
        const long = renderMarkdown(`${markdown}\n`, () => undefined);
        expect(renderMarkdown(markdown, () => undefined)).toEqual(long);
      }),
    );
  });
});
