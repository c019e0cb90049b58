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
    const started = performance.now();
    long('这是一封很长的来信，'.repeat(1_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
