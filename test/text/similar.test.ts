import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldText, resemblance, SimilarIndex, termsOf, wordsOf } from '../../src/text/index.ts';

describe('folding', () => {
  it.each([
    ['ＡＢＣ１２３', 'abc123'],
    ['繁體中文與設備', '繁体中文与设备'],
    ['供\u200b暖\n期', '供暖 期'],
    ['①㍿', '1株式会社'],
  ])('%s → %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('gives the same terms for the same words', () => {
    expect(termsOf('小區供暖，溫度不達標')).toEqual(termsOf('小区供暖 温度不达标'));
    expect(termsOf('供\u200b暖').size).toBe(1);
    expect(termsOf('供，暖').size).toBe(0);
    expect(termsOf('').size).toBe(0);
  });

  it('cuts words', () => {
    expect(wordsOf('小區的供暖溫度不達標！')).toEqual(expect.arrayContaining(['小区', '供暖', '温度']));
  });
});

describe('near-duplicates', () => {
  it.each([
    ['小区供暖温度不达标，请处理', '小區供暖溫度不達標 请处理', 0.8, 1],
    ['小区供暖温度不达标', '公交车站什么时候建好', 0, 0.01],
    ['', '', 0, 0],
  ])('%s | %s', (one, other, low, high) => {
    expect(resemblance(one, other)).toBeGreaterThanOrEqual(low);
    expect(resemblance(one, other)).toBeLessThanOrEqual(high);
    expect(resemblance(other, one)).toBe(resemblance(one, other));
  });
});

describe('the index of similar texts', () => {
  const texts: Record<string, string> = {
    heating: '幸福小区冬季供暖温度只有十五度，多次打电话给供热公司没有解决',
    bus: '希望在海滨路增加一个公交车站，方便老人出行',
    school: '请问今年小学入学报名需要什么材料，外来务工子女怎么办理',
    noise: '工地夜间施工噪音太大，影响居民休息，请城管部门处理',
    parking: '小区门口道路两侧乱停车，消防车进不来',
  };
  const filled = (): SimilarIndex => {
    const index = new SimilarIndex();
    for (const [id, text] of Object.entries(texts)) index.add(id, text);
    return index;
  };

  it.each([
    ['我们小区供暖温度太低，供热公司不管', 'heating'],
    ['孩子今年上小学，報名要什麼材料', 'school'],
    ['半夜工地还在施工，噪音大', 'noise'],
    ['Ｗ 海滨路公交车站', 'bus'],
  ])('finds for %s: %s', (question, id) => {
    expect(filled().search(question)[0]?.id).toBe(id);
  });

  it('finds nothing where nothing is alike', () => {
    expect(filled().search('量子力学')).toEqual([]);
    expect(filled().search('')).toEqual([]);
    expect(new SimilarIndex().search('供暖')).toEqual([]);
  });

  it('forgets removed texts, replaces, and leaves out what may not be seen', () => {
    const index = filled();
    expect(index.search('供暖温度', { accept: (id) => id !== 'heating' }).map(({ id }) => id)).not.toContain('heating');
    index.remove('heating');
    index.remove('nothing');
    index.add('bus', '供暖温度的问题');
    expect(index.search('供暖温度').map(({ id }) => id)).toEqual(['bus']);
    expect(index.search('海滨路增加公交车站')).toEqual([]);
    expect(index.count).toBe(4);
  });

  it('finds each of many texts by itself first, whatever came and went', () => {
    const sign = fc.string({
      unit: fc.constantFrom(...'供暖温度小区公交车站学校报名材料噪音施工城管停车消防道路医院'),
      minLength: 12,
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.uniqueArray(sign, { minLength: 2, maxLength: 40 }), (list) => {
        const index = new SimilarIndex();
        for (const [number, text] of list.entries()) index.add(`x${number}`, `${text}占位`);
        for (const [number, text] of list.entries()) index.add(`${number}`, text);
        for (const number of list.keys()) index.remove(`x${number}`);
        for (const [number, text] of list.entries()) {
          const found = index.search(text, { limit: 3, minimum: 0 });
          expect(found.length).toBeLessThanOrEqual(3);
          for (const one of found) expect(Number(one.id)).toBeLessThan(list.length);
          for (const [place, one] of found.entries())
            expect(one.score).toBeLessThanOrEqual(found[place - 1]?.score ?? 1);
          expect(index.search(text, { limit: list.length, minimum: 0 }).map(({ id }) => id)).toContain(`${number}`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps lists of every length in order', () => {
    const index = new SimilarIndex();
    for (let number = 0; number < 3_000; number += 1)
      index.add(String(number), `路灯坏了${'甲乙丙丁戊己庚辛壬癸'[number % 10] ?? ''}号`);
    expect(index.search('路灯坏了', { limit: 5_000, minimum: 0 })).toEqual([]); // stands in every text
    expect(index.search('了丙号', { limit: 5_000, minimum: 0 })).toHaveLength(300);
  });
});
