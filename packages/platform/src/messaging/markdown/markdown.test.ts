import { describe, expect, test } from 'vitest';
import { findMentions, type MentionRef, renderMarkdown, sanitizeHtml, textOfHtml } from './index.ts';

const people = [
  { id: '0190-a', wireId: 'Y2lz/ada', displayName: 'Ada Adler', email: 'ada@acme.test' },
  { id: '0190-e', wireId: 'Y2lz/echo', displayName: 'Echo', email: 'echo@webex.bot' },
];

function resolve(ref: MentionRef) {
  if (ref.kind === 'all') return undefined;
  return people.find((person) => ref.value === (ref.kind === 'personId' ? person.wireId : person.email));
}

function render(markdown: string) {
  return renderMarkdown(markdown, resolve);
}

function person(wireId: string, label: string): string {
  return `<spark-mention data-object-type="person" data-object-id="${wireId}">${label}</spark-mention>`;
}

describe('subset', () => {
  test.each([
    ['plain words', '<p>plain words</p>', 'plain words'],
    [
      '**bold** *it* __b__ _i_',
      '<p><strong>bold</strong> <em>it</em> <strong>b</strong> <em>i</em></p>',
      'bold it b i',
    ],
    ['one\n\ntwo\nthree', '<p>one</p>\n<p>two\nthree</p>', 'one\n\ntwo\nthree'],
    ['one  \ntwo', '<p>one<br />\ntwo</p>', 'one\ntwo'],
    ['run `x < 1` now', '<p>run <code>x &lt; 1</code> now</p>', 'run x < 1 now'],
    [
      '```js\nif (a) {\n  b;\n}\n```',
      '<pre><code class="language-js">if (a) {\n  b;\n}\n</code></pre>',
      'if (a) {\n  b;\n}',
    ],
    ['> quoted\n\nafter', '<blockquote>\n<p>quoted</p>\n</blockquote>\n<p>after</p>', 'quoted\n\nafter'],
    [
      '- a\n  - b\n* c',
      '<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n<ul>\n<li>c</li>\n</ul>',
      'a\nb\nc',
    ],
    ['3) a\n4) b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>', 'a\nb'],
    [
      '1. a\n  - b\n    - c\n2. d',
      '<ol>\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>d</li>\n</ol>',
      'a\nb\nc\nd',
    ],
    ['# Head\ntext', '<h1>Head</h1>\n<p>text</p>', 'Head\n\ntext'],
    ['say "hi" & <go>', '<p>say "hi" &amp; </p>', 'say "hi" &'],
    ['1 < 2 &lt; 3 &copy;', '<p>1 &lt; 2 &lt; 3 ©</p>', '1 < 2 < 3 ©'],
    ['\\*not\\*', '<p>*not*</p>', '*not*'],
    ['', '', ''],
    [' \n ', '', ''],
  ])('%j', (markdown, html, text) => {
    expect(render(markdown)).toEqual({ html, text, mentionedPeople: [], mentionedGroups: [] });
  });

  test.each([
    [
      '[box](https://box.test/a?b=1&c)',
      '<p><a href="https://box.test/a?b=1&amp;c" rel="nofollow">box</a></p>',
      'box',
    ],
    ['[t](http://a.test "title")', '<p><a href="http://a.test" rel="nofollow">t</a></p>', 't'],
    [
      '<https://a.test>',
      '<p><a href="https://a.test" rel="nofollow">https://a.test</a></p>',
      'https://a.test',
    ],
    [
      '<ada@acme.test>',
      '<p><a href="mailto:ada@acme.test" rel="nofollow">ada@acme.test</a></p>',
      'ada@acme.test',
    ],
    ['https://a.test', '<p>https://a.test</p>', 'https://a.test'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>', '[x](javascript:alert(1))'],
    ['[x]() [y](http://a.test)', '<p>x <a href="http://a.test" rel="nofollow">y</a></p>', 'x y'],
    ['[x](/me)', '<p>[x](/me)</p>', '[x](/me)'],
    [
      '<a href="http://a.test" onclick="x()">t</a>',
      '<p><a href="http://a.test" rel="nofollow">t</a></p>',
      't',
    ],
    ['<a href="JaVaScRiPt:x()">t</a> <b>u</b>', '<p>t <b>u</b></p>', 't u'],
  ])('link %j', (markdown, html, text) => {
    expect(render(markdown)).toMatchObject({ html, text });
  });
});

describe('raw html', () => {
  test.each([
    ['<b>bold</b> **too**', '<p><b>bold</b> <strong>too</strong></p>', 'bold too'],
    ['<p>one</p>\n<p>two</p>', '<p>one</p>\n<p>two</p>', 'one\n\ntwo'],
    ['<h1>Head</h1>', '<h1>Head</h1>', 'Head'],
    ['<ul><li>a</li><li>b</li></ul>', '<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['a<br>b<br/>c', '<p>a<br />b<br />c</p>', 'a\nb\nc'],
    ['<script>alert(1)</script>hello', '<p>hello</p>', 'hello'],
    ['<style>p{}</style><i style="x" onload=y>hi</i>', '<p><i>hi</i></p>', 'hi'],
    ['<script>open **all**', '<p>open <strong>all</strong></p>', 'open all'],
    ['<img src=x onerror=alert(1)>after', '<p>after</p>', 'after'],
    ['<!-- <b> -->seen', '<p>seen</p>', 'seen'],
    ['<![CDATA[<script>]]>seen', '<p>seen</p>', 'seen'],
    ['<div>text</div>', '<p>text</p>', 'text'],
    ['<b>left open', '<p><b>left open</b></p>', 'left open'],
    ['</p></b>stray', 'stray', 'stray'],
    [
      '<spark-mention data-object-type="person" data-object-id="forged">Ada</spark-mention>',
      '<p>Ada</p>',
      'Ada',
    ],
  ])('%j', (markdown, html, text) => {
    expect(render(markdown)).toEqual({ html, text, mentionedPeople: [], mentionedGroups: [] });
  });
});

describe('mentions', () => {
  test('gives html, text and ids, with labels or names', () => {
    const body = render(
      '<@personEmail:ada@acme.test>, <@personId:Y2lz/echo|The *Bot*> and <@all>: **go** <@all|team>',
    );
    const group = '<spark-mention data-object-type="groupMention" data-group-type="all">';
    expect(body).toEqual({
      html: `<p>${person('Y2lz/ada', 'Ada Adler')}, ${person('Y2lz/echo', 'The *Bot*')} and ${group}All</spark-mention>: <strong>go</strong> ${group}team</spark-mention></p>`,
      text: 'Ada Adler, The *Bot* and All: go team',
      mentionedPeople: ['0190-a', '0190-e'],
      mentionedGroups: ['all'],
    });
  });

  test('a bot finds its command after its name', () => {
    expect(render('<@personEmail:echo@webex.bot|Echo> hello').text).toBe('Echo hello');
    expect(render('<@personEmail:echo@webex.bot|> hello').text).toBe('Echo hello');
  });

  test('names each person once, in order', () => {
    const body = render('<@personId:Y2lz/echo> <@personEmail:ada@acme.test> <@personEmail:echo@webex.bot>');
    expect(body.mentionedPeople).toEqual(['0190-e', '0190-a']);
  });

  test('works inside lists, quotes, emphasis, links and raw html', () => {
    for (const around of ['- @', '> **@**', '[@](http://a.test)', '<p><b>@</b></p>', '1. x\n  - @', '# @']) {
      const body = render(around.replace('@', '<@personEmail:ada@acme.test>'));
      expect(body.html).toContain(person('Y2lz/ada', 'Ada Adler'));
      expect(body.mentionedPeople).toEqual(['0190-a']);
    }
  });

  test('an unknown person stays as text', () => {
    expect(render('<@personEmail:no@body.test> <@personId:x|Max>')).toEqual({
      html: '<p>no@body.test Max</p>',
      text: 'no@body.test Max',
      mentionedPeople: [],
      mentionedGroups: [],
    });
  });

  test('escapes names, labels and ids', () => {
    const odd = { id: '1', wireId: '"><script>', displayName: '<b>&"' };
    const body = renderMarkdown('<@personId:x>', () => odd);
    expect(body.html).toBe(`<p>${person('&quot;&gt;&lt;script&gt;', '&lt;b&gt;&amp;"')}</p>`);
    expect(body.text).toBe('<b>&"');
  });

  test('finds them in order, repeated, with their labels', () => {
    expect(findMentions('x <@all> <@personId:ID|A b> <@personEmail:a@b> <@all|Team> <@all>')).toEqual([
      { kind: 'all' },
      { kind: 'personId', value: 'ID', label: 'A b' },
      { kind: 'personEmail', value: 'a@b' },
      { kind: 'all', label: 'Team' },
      { kind: 'all' },
    ]);
  });

  test.each([
    'none',
    '`<@all>`',
    '``a ` <@all>``',
    '```\n<@all>\n```',
    '~~~\n<@all>',
    '    <@all>',
    '\\<@all>',
    '<@everyone>',
    '<@personId:>',
    '<@personEmail:a b>',
    '<@all',
    '<@all|a\nb>',
    '<script><@all></script>',
  ])('finds none in %j', (markdown) => {
    expect(findMentions(markdown)).toEqual([]);
    expect(render(markdown).mentionedGroups).toEqual([]);
  });
});

describe('sanitizeHtml', () => {
  test.each([
    ['<p onclick="x()">a</p>', '<p>a</p>'],
    ['<script>x</script><style>y</style>z', 'z'],
    ['<a href="javascript:x">a</a><b>b</b>', 'a<b>b</b>'],
    ['<a href=" java\nscript:x">a</a>', 'a'],
    ['<a href="//a.test">a</a>', 'a'],
    [
      '<a href="http://a.test" target="_blank" rel="opener">a</a>',
      '<a href="http://a.test" rel="nofollow">a</a>',
    ],
    ['<svg><script>x</script></svg><math><b>c', '<b>c</b>'],
    ['<xmp><img src=x onerror=y></xmp>d', 'd'],
    [person('id', 'Ada'), person('id', 'Ada')],
    ['<code class="language-js evil">x</code>', '<code class="language-js">x</code>'],
  ])('%j', (html, clean) => {
    expect(sanitizeHtml(html)).toBe(clean);
  });
});

describe('textOfHtml', () => {
  test.each([
    ['<p>a</p><p>b &amp; &lt;c&gt;</p>', 'a\n\nb & <c>'],
    ['<h1>h</h1><ul><li>a</li><li><p>b</p></li></ul>', 'h\na\n\nb'],
    ['<pre><code>  a\n\n  b\n</code></pre>c', '  a\n\n  b\nc'],
    ['a<br><br>b', 'a\n\nb'],
    ['<div>a</div><script>b</script>', 'a'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ])('%j', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });
});
