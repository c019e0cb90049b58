import { describe, expect, it } from '@jest/globals';
import { explanationView } from '../../src/calendar/index.ts';
import { calendarFrom, seedNotices } from '../../src/calendar/seed.ts';
import { startClock } from '../../src/kernel/clock.ts';
import { explainClock } from '../../src/kernel/clockExplanation.ts';
import { languages } from '../../src/kernel/language.ts';

const seed = seedNotices();
const calendar = calendarFrom(seed.days, seed.years);
const explained = (amount: number, unit: 'working-days' | 'calendar-days' | 'hours', start: string) =>
  explainClock(startClock('answer', { key: 'test', amount, unit, closesAt: '17:00' }, new Date(start), calendar));

describe('a deadline in words', () => {
  it('says for every day why', () => {
    const view = explanationView(explained(3, 'working-days', '2026-09-30T02:00:00Z'), 'zh-CN');
    expect(view.summary).toContain('3 个工作日');
    expect(view.rows.map(({ reason, count }) => `${reason} ${count}`.trim())).toEqual([
      '开始的当天不计入',
      ...Array.from({ length: 7 }, () => '国庆节放假，不计'),
      '工作日，计入 1 / 3',
      '工作日，计入 2 / 3',
      '国庆节调休上班，计入 3 / 3',
    ]);
    expect(view.rows.at(-1)).toMatchObject({ day: '2026-10-10', weekday: '周六', due: true });
  });

  it.each(languages)('has words for every rule and reason in %s', (language) => {
    for (const unit of ['working-days', 'calendar-days', 'hours'] as const) {
      const view = explanationView(explained(15, unit, '2026-06-04T02:00:00Z'), language);
      expect(view.summary).not.toContain('calendar.clock');
      expect(view.rows.filter(({ reason }) => /calendar\.|\{\{/.test(reason))).toEqual([]);
    }
  });
});
