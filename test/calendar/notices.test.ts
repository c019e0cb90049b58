import { describe, expect, it } from '@jest/globals';
import chineseDays from 'chinese-days';
import { addDays, addWorkingDays, dayOf, workingDaysBetween } from '../../src/kernel/calendar.ts';
import { calendarFrom, seedNotices } from '../../src/calendar/seed.ts';
import { parseNotice } from '../../src/calendar/notice.ts';

const seed = seedNotices();
const calendar = calendarFrom(seed.days, seed.years);
const month = (text: string): string[] => text.split(' ');

// Typed from the State Council's notices, not from the table: first and last free day, and every make-up day.
const spring: Record<number, [string, string, string]> = {
  2018: ['02-15', '02-21', '02-11 02-24'],
  2019: ['02-04', '02-10', '02-02 02-03'],
  2020: ['01-24', '02-02', '01-19'], // extended to 2 February; the make-up day of 1 February fell away
  2021: ['02-11', '02-17', '02-07 02-20'],
  2022: ['01-31', '02-06', '01-29 01-30'],
  2023: ['01-21', '01-27', '01-28 01-29'],
  2024: ['02-10', '02-17', '02-04 02-18'],
  2025: ['01-28', '02-04', '01-26 02-08'],
  2026: ['02-15', '02-23', '02-14 02-28'],
};
const national: Record<number, [string, string, string]> = {
  2018: ['10-01', '10-07', '09-29 09-30'],
  2019: ['10-01', '10-07', '09-29 10-12'],
  2020: ['10-01', '10-08', '09-27 10-10'],
  2021: ['10-01', '10-07', '09-26 10-09'],
  2022: ['10-01', '10-07', '10-08 10-09'],
  2023: ['09-29', '10-06', '10-07 10-08'],
  2024: ['10-01', '10-07', '09-29 10-12'],
  2025: ['10-01', '10-08', '09-28 10-11'],
  2026: ['10-01', '10-07', '09-20 10-10'],
};
const otherMakeUps: Record<number, string> = {
  2018: '04-08 04-28 12-29',
  2019: '04-28 05-05',
  2020: '04-26 05-09 06-28',
  2021: '04-25 05-08 09-18',
  2022: '04-02 04-24 05-07',
  2023: '04-23 05-06 06-25',
  2024: '04-07 04-28 05-11 09-14',
  2025: '04-27',
  2026: '01-04 05-09',
};

describe('the holiday table 2018–2026', () => {
  for (const [feast, table] of [
    ['Spring Festival', spring],
    ['National Day', national],
  ] as const) {
    it.each(Object.entries(table))(`has ${feast} %s`, (year, [first, last, makeUps]) => {
      for (let day = `${year}-${first}`; day <= `${year}-${last}`; day = addDays(day, 1)) {
        expect(dayOf(calendar, day)).toMatchObject({ working: false, why: 'holiday' });
      }
      for (const day of month(makeUps)) {
        expect([0, 6]).toContain(new Date(`${year}-${day}T00:00Z`).getUTCDay());
        expect(dayOf(calendar, `${year}-${day}`)).toMatchObject({ working: true, why: 'make-up' });
      }
    });
  }

  it.each(Object.entries(otherMakeUps))('has no other make-up days in %s', (year, others) => {
    const expected = [spring[+year]?.[2], national[+year]?.[2], others].flatMap((days) => month(days ?? ''));
    const found = seed.days.filter(({ day, kind }) => kind === 'working' && day.startsWith(year));
    expect(found.map(({ day }) => day.slice(5)).sort()).toEqual(expected.sort());
  });

  it('agrees with the library on every day', () => {
    for (let day = '2018-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
      expect([day, dayOf(calendar, day).working]).toEqual([day, chineseDays.isWorkday(day)]);
    }
  });

  it.each([
    ['2018-02-10', 1, '2018-02-11'], // Saturday, then the make-up Sunday
    ['2018-02-14', 1, '2018-02-22'],
    ['2020-01-23', 1, '2020-02-03'],
    ['2023-09-28', 3, '2023-10-09'], // Saturday 7 and Sunday 8 October are worked
    ['2024-09-30', 5, '2024-10-12'],
    ['2026-02-13', 2, '2026-02-24'], // make-up Saturday before the feast
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-10-08', -1, '2026-09-30'],
  ])('counts from %s by %i to %s', (from, count, to) => {
    expect(addWorkingDays(calendar, from, count)).toBe(to);
  });

  it('counts the working days of a year as the notices leave them', () => {
    expect(workingDaysBetween(calendar, '2025-12-31', '2026-12-31')).toBe(248);
    expect(workingDaysBetween(calendar, '2026-12-31', '2025-12-31')).toBe(-248);
  });

  it('knows what it does not know', () => {
    expect(dayOf(calendar, '2026-12-28').certain).toBe(true);
    expect(dayOf(calendar, '2026-12-31').certain).toBe(false); // the notice for 2027 may bridge it
    expect(dayOf(calendar, '2025-12-31').certain).toBe(true);
    expect(dayOf(calendar, '2027-03-01')).toMatchObject({ certain: false, working: true });
    expect(dayOf(calendar, '2027-10-01')).toMatchObject({ certain: false, why: 'holiday', name: '国庆节' });
    expect(dayOf(calendar, '2017-06-01').certain).toBe(false);
  });
});

describe('reading a notice', () => {
  it('reads the words of the State Council', () => {
    const text = [
      '一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。',
      '二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。',
      '三、清明节：4月4日（周六）至6日（周一）放假，共3天。',
    ].join('\n');
    const { days, faults } = parseNotice(text, 2026);
    expect(faults).toEqual([]);
    const expected = seed.days.filter(({ day }) => day >= '2026-01-01' && day < '2026-04-30');
    expect(days.map(({ day, kind }) => [day, kind])).toEqual(expected.map(({ day, kind }) => [day, kind]));
  });

  it('reads a bridge over New Year and a last day in the next month', () => {
    const { days } = parseNotice(
      '元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n劳动节：4月29日至5月3日放假',
      2023,
    );
    expect(days.map(({ day }) => day)).toEqual(
      month('2022-12-31 2023-01-01 2023-01-02 2023-04-29 2023-04-30 2023-05-01 2023-05-02 2023-05-03'),
    );
  });

  it('reads CSV and names the lines it cannot read', () => {
    const { days, faults } = parseNotice(
      '日期,类型,名称\n2027-02-06,休,春节\n2027-02-30,休,x\n你好\n2027-02-20,班,春节',
      2027,
    );
    expect(days).toEqual([
      { day: '2027-02-06', kind: 'free', name: '春节' },
      { day: '2027-02-20', kind: 'working', name: '春节' },
    ]);
    expect(faults.map(({ line }) => line)).toEqual([3, 4]);
  });
});

describe('a notice pasted as one line', () => {
  const text =
    '经国务院批准，现将放假安排通知如下。一、元旦：2027年1月1日至3日放假调休，共3天。二、春节：2月5日至11日放假调休，共7天。1月31日（周日）、2月20日（周六）上班。国庆节、中秋节：10月1日至8日放假。节假日期间，请妥善安排值班。';
  it('gives each day the festival it belongs to', () => {
    const { days, faults } = parseNotice(text, 2027);
    expect(faults).toEqual([]);
    const nameOf = (day: string) => days.find((one) => one.day === day)?.name;
    expect(['2027-01-02', '2027-01-31', '2027-02-08', '2027-02-20', '2027-10-04'].map(nameOf)).toEqual([
      '元旦',
      '春节',
      '春节',
      '春节',
      '国庆节、中秋节',
    ]);
  });
});
