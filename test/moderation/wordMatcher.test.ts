import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createWordMatcher } from '../../src/moderation/wordMatcher.ts';

const match = createWordMatcher(['赌博', '代开发票', '发票', '加微信', 'ass', 'casino', '发', '  ']);
const hits = (text: string): string[] => match(text).map(({ word, start, end }) => `${word}=${text.slice(start, end)}`);

describe('the word list matcher', () => {
  it.each([
    ['有人聚众赌博', ['赌博=赌博']],
    ['赌 博', ['赌博=赌 博']],
    ['賭博', ['赌博=賭博']],
    ['赌*-。博', ['赌博=赌*-。博']],
    ['赌\u200b博', ['赌博=赌\u200b博']],
    ['ＣＡＳＩＮＯ', ['casino=ＣＡＳＩＮＯ']],
    ['саsinо', ['casino=саsinо']], // Cyrillic с, а, о
    ['𠮷赌博𠮷', ['赌博=赌博']],
    ['代开发票', ['代开发票=代开发票', '发票=发票', '发=发']],
    ['first class', []],
    ['kick ass!', ['ass=ass']],
    ['赌，一把；博士', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(hits(text)).toEqual(expected);
  });

  const listed = createWordMatcher([
    '赌博',
    '六合彩',
    '发票',
    'casino',
    'lottery',
    '民主路88号',
    '八一',
    'ass',
    'bail',
    '香港彩',
  ]);
  const found = (text: string): string[] => listed(text).map(({ word }) => word);
  const hides = (text: string, ...words: string[]): [string, string[]] => [text, words];

  it.each([
    // between the letters
    hides('赌\u200b\u200c\u200d\u2060\ufeff博', '赌博'),
    hides('赌\u00ad博', '赌博'),
    hides('赌\u3164博', '赌博'), // Hangul filler: a letter that is blank
    hides('赌\u115f\u1160博', '赌博'),
    hides('赌\u034f\ufe0f\u{e0101}博', '赌博'),
    hides('赌\u2800博', '赌博'),
    hides('赌\n\n\t　博', '赌博'),
    hides('赌♥️★☆博', '赌博'),
    hides('赌😀博', '赌博'),
    hides('赌丶博 赌丨博 赌灬博', '赌博', '赌博', '赌博'),
    hides('赌ˉ博 赌ー博 赌ˇ博', '赌博', '赌博', '赌博'),
    hides('赌\u20dd博\u20dd', '赌博'),
    hides('c a s i n o', 'casino'),
    hides('c.a.s.i.n.o!', 'casino'),
    hides('c\u0301a\u0308sino', 'casino'),
    // other forms of the same character
    hides('賭博、賭 博', '赌博', '赌博'),
    hides('發票 発票 發\u200b票', '发票', '发票', '发票'),
    hides('⻁ ⺠主路88号', '民主路88号'),
    hides('ＣＡＳＩＮＯ ｃａｓｉｎｏ', 'casino', 'casino'),
    hides('ⓒⓐⓢⓘⓝⓞ', 'casino'),
    hides('🅒🅐🅢🅘🅝🅞 🅲🅰🆂🅸🅽🅾', 'casino', 'casino'),
    hides('🇨🇦🇸🇮🇳🇴', 'casino'),
    hides('𝐜𝐚𝐬𝐢𝐧𝐨 𝒄𝒂𝒔𝒊𝒏𝒐 𝚌𝚊𝚜𝚒𝚗𝚘', 'casino', 'casino', 'casino'),
    hides('ᴄᴀsɪɴᴏ', 'casino'),
    hides('ĆÀŚÏÑÖ', 'casino'),
    hides('CASİNO', 'casino'),
    // other alphabets
    hides('саѕіпо СΑЅІΝО', 'casino', 'casino'),
    hides('ςcasino', 'casino'),
    hides('cаsino', 'casino'),
    hides('l0ttery 10ttery |ottery', 'lottery', 'lottery', 'lottery'),
    hides('c4s1no ca$ino c@sin0 cas!no', 'casino', 'casino', 'casino', 'casino'),
    hides('ｃ４ｓｉｎｏ', 'casino'),
    // numerals
    hides('6合彩 陆合彩 ⑥合彩 陸合彩 六合彩', '六合彩', '六合彩', '六合彩', '六合彩', '六合彩'),
    hides('民主路八八号 民主路８８号', '民主路88号', '民主路88号'),
    // and what is none of them
    hides('the first class'),
    hides('a ball in the mall'),
    hides('8点1刻'),
    hides('赌气。博士'),
    hides('call 455 now'),
    hides('发1票'),
  ])('%j hides nothing', (text, words) => {
    expect(found(text)).toEqual(words);
  });

  it('gives the place of a disguised word in the original', () => {
    const [hit] = listed('去 🅒🅐🅢1n0！');
    expect(hit && '去 🅒🅐🅢1n0！'.slice(hit.start, hit.end)).toBe('🅒🅐🅢1n0');
  });

  it('finds the same as looking for each word by itself', () => {
    const sign = fc.constantFrom('甲', '乙', '丙');
    const word = fc.string({ unit: sign, minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.string({ unit: sign, maxLength: 60 }), (words, text) => {
        const expected: string[] = [];
        for (const one of new Set(words))
          for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 1)) expected.push(`${at}:${one}`);
        const found = createWordMatcher(words)(text).map(({ word: one, start }) => `${start}:${one}`);
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });

  it('reads a long letter with a long list quickly', () => {
    const list = Array.from({ length: 20_000 }, (_, index) => `词${String.fromCharCode(0x4e00 + index)}${index % 97}`);
    const long = createWordMatcher(list);
    const begun = process.cpuUsage().user;
    long('这是一封很长的来信，'.repeat(1_000));
    expect((process.cpuUsage().user - begun) / 1000).toBeLessThan(500);
  });
});
