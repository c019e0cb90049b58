import { afterEach, describe, expect, it } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import type { Language } from '../../src/kernel/language.ts';
import { translate } from '../../src/platform/language.ts';
import { browserWords } from '../../src/web/views/browserWords.ts';
import { plainHelpers, wordHelpers, type Options } from '../../src/web/views/helpers.ts';
import { isolate, userLines, userText } from '../../src/web/views/markup.ts';
import { pageHelpers } from '../../src/web/views/pageHelpers.ts';
import { renderView } from '../../src/web/views/engine.ts';
import { timeWords } from '../../src/web/views/timeWords.ts';

const options = (hash: Record<string, unknown> = {}, root: Record<string, unknown> = {}): Options => ({
  hash,
  data: { root: { language: 'zh-CN', ...root } },
});
const run = (name: string, ...given: unknown[]) =>
  String({ ...wordHelpers(translate), ...plainHelpers, ...pageHelpers }[name]?.(...given));

afterEach(() => setClock());

describe('what people typed', () => {
  it.each([
    ['<script>alert(1)</script>', '<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>'],
    [`" onload='x'`, '<bdi>&quot; onload=&#x27;x&#x27;</bdi>'],
    ['\u202Eabc\u2066', '<bdi>abc</bdi>'],
    ['𠮷 & 😀', '<bdi>𠮷 &amp; 😀</bdi>'],
  ])('%j on one line', (text, html) => expect(String(userText(text))).toBe(html));

  it('keeps its line breaks, but no empty space to push others away', () => {
    expect(String(userLines('  a\r\n\n\n\n<b>\n'))).toBe(
      '<span class="user-text" dir="auto">a<br><br>&lt;b&gt;</span>',
    );
  });

  it('cannot turn a sentence it stands in', () => {
    expect(isolate('王敏')).toBe('王敏');
    expect(isolate('שלום\u202E')).toBe('\u2068שלום\u2069');
  });

  it('is escaped wherever a view prints it', async () => {
    const page = await renderView('errors/show', { ...errorPage, sentence: '<img src=x onerror=alert(1)>' }, 'en');
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img');
  });

  it('cannot end a block of data', () => {
    expect(run('json', { a: '</script><!--' }, options())).toBe('{"a":"\\u003c/script>\\u003c!--"}');
  });
});

const nothing = { fieldSentences: [], typed: [], signIn: null, office: false, home: '/' };
const errorPage = { title: 'x', status: 404, sentence: 'y', next: 'w', requestId: 'z', ...nothing };

describe('a view', () => {
  it('throws in tests when it prints what it was not given', async () => {
    await expect(renderView('errors/show', { status: 404, typed: [] }, 'en')).rejects.toThrow(/title/);
  });

  it('throws when a sentence is missing or lacks a value', () => {
    expect(() => translate('en', 'page.not-there')).toThrow('page.not-there');
    expect(() => translate('en', 'errors.too-many')).toThrow('seconds');
  });

  it('is told when a field has the name of a helper', () => {
    expect(() => run('number', options())).toThrow('this.number');
  });

  it('is drawn inside its layout', async () => {
    const page = await renderView('errors/show', { ...errorPage, layout: 'bare' }, 'en');
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(page).toContain('What you can do now');
  });
});

describe('moments', () => {
  const present = new Date('2026-11-22T15:00:00+08:00');
  const table: [string, string, string][] = [
    ['2026-11-22T14:59:40+08:00', '刚刚', 'just now'],
    ['2026-11-22T14:59:00+08:00', '1 分钟前', '1 minute ago'],
    ['2026-11-22T15:20:00+08:00', '20 分钟后', 'in 20 minutes'],
    ['2026-11-22T00:00:00+08:00', '今天 00:00', 'today 00:00'],
    ['2026-11-21T23:59:00+08:00', '昨天 23:59', 'yesterday 23:59'],
    ['2026-11-23T09:00:00+08:00', '明天 09:00', 'tomorrow 09:00'],
    ['2026-07-09T17:00:00+08:00', '7月9日 17:00', '9 July, 17:00'],
    ['2025-12-31T23:30:00+08:00', '2025年12月31日 23:30', '31 December 2025, 23:30'],
  ];
  it.each(table)('%s is told as people say it', (moment, chinese, english) => {
    const tell = (language: Language) =>
      timeWords(new Date(moment), present, language, (key, params) => translate(language, key, params));
    expect([tell('zh-CN'), tell('en')]).toEqual([chinese, english]);
  });

  it('carry their exact form', () => {
    setClock(() => present);
    expect(run('time', new Date('2026-11-22T06:57:00Z'), options())).toBe(
      '<time datetime="2026-11-22T06:57:00.000Z" title="2026年11月22日 周日 14:57" data-ticks>3 分钟前</time>',
    );
    expect(run('date', '2026-11-22T06:57:00Z', options({ style: 'weekday' }, { plainText: true }))).toBe(
      '2026年11月22日 星期日',
    );
  });
});

describe('figures', () => {
  it('show part and whole of every rate', () => {
    expect(run('rate', 1198, 1204, options())).toBe('99.5%（1,198 / 1,204）');
    expect(run('rate', 0, 0, options())).toBe('暂无数据');
    expect(run('number', 290134, options())).toBe('290,134');
  });
});

describe('addresses', () => {
  it.each([
    ['/interviews?page=2', '/interviews?page=2&lang=en'],
    ['/interviews?lang=zh-CN', '/interviews?lang=en'],
    ['//evil.example/x', '/x?lang=en'],
  ])('%s in the other language', (currentUrl, expected) => {
    expect(run('in-language', 'en', options({}, { currentUrl }))).toBe(expected);
  });
});

describe('the words a page carries for its scripts', () => {
  it('are those the scripts can say, and no others', () => {
    const words = Object.keys(browserWords(['page'], 'en'));
    expect(words).toEqual(expect.arrayContaining(['time.minutes-ago_one', 'page.count', 'page.elder-on']));
    expect(words.filter((key) => /^(errors|styleguide)\./.test(key))).toEqual([]);
  });
});
