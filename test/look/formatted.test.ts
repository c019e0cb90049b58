import { describe, expect, it } from '@jest/globals';
import { formatted } from '../../src/web/views/formatted.ts';

const drawn = (text: string) =>
  String(formatted(text))
    .replace(/^<div class="user-text formatted">([\s\S]*)<\/div>$/, '$1')
    .replaceAll(' dir="auto"', '')
    .replaceAll(' rel="noopener nofollow"', '');

describe('light marks', () => {
  it.each([
    ['headings', '# 大\n## 小\n### 小', '<h3>大</h3>\n<h4>小</h4>\n<h4>小</h4>'],
    ['lines of a paragraph', '一\n二\n\n三', '<p>一<br>二</p>\n<p>三</p>'],
    ['a list', '- 一\n* 二\n• 三', '<ul><li>一</li><li>二</li><li>三</li></ul>'],
    ['a numbered list', '1. 一\n2、二', '<ol><li>一</li><li>二</li></ol>'],
    ['a list within a list is one list', '- 一\n  - 二\n    - 三', '<ul><li>一</li><li>二</li><li>三</li></ul>'],
    ['a quotation', '> 一\n> 二', '<blockquote><p>一<br>二</p></blockquote>'],
    [
      'bold words and links',
      '**重** [网](https://a.cn/x)',
      '<p><strong>重</strong> <a href="https://a.cn/x">网</a></p>',
    ],
    ['a path of our own', '[信](/letters)', '<p><a href="/letters">信</a></p>'],
    ['a bare address before a full stop', '见https://a.cn。', '<p>见<a href="https://a.cn">https://a.cn</a>。</p>'],
    ['nothing', '', ''],
  ])('%s', (_what, text, html) => {
    expect(drawn(text)).toBe(html);
  });
});

describe('what is no mark stays text', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a picture with a handler', '<img src=x onerror=alert(1)>'],
    ['a script address', '[点](javascript:alert(1))'],
    ['a script address in capitals', '[点](JaVaScRiPt:alert(1))'],
    ['a data address', '[点](data:text/html,<script>alert(1)</script>)'],
    ['an address of another host without its scheme', '[点](//evil.example)'],
    ['the same by a backslash', '[点](/\\evil.example)'],
    ['an address that breaks out of its quotes', '[点](https://a.cn/"onclick="x)'],
    ['bold that is not closed', '**重'],
    ['a link that is not closed', '[点](https'],
    ['a hash inside a line', '第#3号'],
    ['an empty mark', '**** []()'],
  ])('%s', (_what, text) => {
    const html = drawn(text);
    expect(html.replace(/<\/?(p|a href="https:\/\/[^"<>]*"|a)>/g, '')).not.toMatch(/[<>]/);
    expect(html).not.toMatch(/<a href="(?!https:\/\/a\.cn)/);
    expect(html).not.toMatch(/<(script|img|strong)/);
  });

  it('words and address of a link are escaped', () => {
    const html = '<p><a href="https://a.cn/?a=1&amp;b=2">&lt;b&gt;&amp;&quot;</a></p>';
    expect(drawn('[<b>&"](https://a.cn/?a=1&b=2)')).toBe(html);
  });

  it('marks that turn the reading direction are taken out', () => {
    expect(drawn('好\u202E坏\u2066')).toBe('<p>好坏</p>');
  });
});

it.each([
  ['open brackets', '['.repeat(50_000)],
  ['open links', '[a]('.repeat(20_000)],
  ['open links with an address', '[a](https://a'.repeat(8000)],
  ['stars', '*'.repeat(50_000)],
  ['half bold', '**a'.repeat(20_000)],
  ['schemes', 'https://'.repeat(12_000)],
  ['one address', `https://a.cn/${'a'.repeat(100_000)}`],
  ['blanks', `-${' '.repeat(100_000)}`],
  ['hashes', '#'.repeat(100_000)],
  ['lines', '- a\n\n'.repeat(30_000)],
])('a very long text of %s is drawn in no time', (_what, text) => {
  const begun = process.cpuUsage().user;
  drawn(text);
  expect((process.cpuUsage().user - begun) / 1000).toBeLessThan(2000);
});
