import { describe, expect, it } from '@jest/globals';
import { Suggester } from '../../src/text/index.ts';

const matters = {
  教育局: ['学校', '老师', '补课', '入学', '学位', '幼儿园', '招生', '高考'],
  供热办: ['供暖', '暖气', '温度', '供热', '锅炉', '热费', '冰凉', '停暖'],
  交通局: ['公交', '地铁', '堵车', '线路', '站点', '车次', '公路', '班车'],
};
let seed = 7;
const pick = <Item>(list: readonly Item[]): Item => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return list[Math.floor((seed / 2 ** 32) * list.length)] as Item;
};
const letters = (count: number, label: keyof typeof matters): { text: string; label: string }[] =>
  Array.from({ length: count }, () => ({
    text: `尊敬的领导您好，${pick(['我们小区', '附近居民', '本人'])}反映${pick(matters[label])}和${pick(matters[label])}的问题，请处理，谢谢`,
    label,
  }));
const sample = (count: number) =>
  (Object.keys(matters) as (keyof typeof matters)[]).flatMap((one) => letters(count, one));

describe('suggesting a department', () => {
  it('has nothing to say before it has learnt', () => {
    expect(new Suggester().suggest({ text: '供暖' })).toEqual([]);
  });

  it('finds the department of letters it has not seen, and shares add up to one', () => {
    const suggester = new Suggester();
    suggester.learnAll(sample(40));
    suggester.calibrate(sample(10));
    const results = sample(40).map((one) => ({ one, found: suggester.suggest(one, 3) }));
    expect(results.filter(({ one, found }) => found[0]?.label === one.label).length).toBeGreaterThan(110);
    for (const { found } of results) {
      expect(found.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1);
      expect(found[0]?.confidence).toBeGreaterThanOrEqual(found[1]?.confidence ?? 1);
    }
  });

  it('is unsure of what it does not know', () => {
    const suggester = new Suggester();
    suggester.learnAll(sample(40));
    expect(suggester.suggest({ text: 'xyz' })[0]?.confidence).toBeLessThan(0.6);
  });

  it('learns the same from the same', () => {
    const [one, other] = [new Suggester(), new Suggester()];
    const texts = sample(10);
    one.learnAll(texts);
    other.learnAll(texts);
    expect(one.suggest({ text: '暖气冰凉' })).toEqual(other.suggest({ text: '暖气冰凉' }));
  });

  it('takes a new department from single decisions', () => {
    const suggester = new Suggester();
    suggester.learnAll(sample(20));
    for (let time = 0; time < 8; time += 1)
      suggester.learn({ title: '井盖丢了', text: '路上井盖丢失很危险', label: '城管局' });
    expect(suggester.suggest({ title: '井盖', text: '门口井盖丢失' })[0]?.label).toBe('城管局');
    expect(suggester.suggest({ text: '学校补课的问题' })[0]?.label).toBe('教育局');
  });
});
