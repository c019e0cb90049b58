import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  cityDay,
  cityMoment,
  isWorkingDay,
  workingDaysBetween,
} from '../../src/kernel/calendar.ts';
import {
  calendarOf,
  clockState,
  confirmClock,
  endClock,
  extendClock,
  isOnTime,
  nextDue,
  partOfRule,
  pauseClock,
  resumeClock,
  startClock,
  type ClockRule,
} from '../../src/kernel/clock.ts';
import { explainClock, handlingDays } from '../../src/kernel/clockExplanation.ts';
import { calendarFrom, seedNotices } from '../../src/calendar/seed.ts';

const seed = seedNotices();
const calendar = calendarFrom(seed.days, seed.years);
const bare = calendarFrom([], []);
const plain = calendarFrom([], seed.years);
const rule = (amount: number, unit: ClockRule['unit'] = 'working-days'): ClockRule => ({
  key: 'test.rule',
  amount,
  unit,
  closesAt: '17:00',
});
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}+08:00`);

describe('deadlines', () => {
  it.each([
    ['2026-07-06 09:00', 3, 'working-days', '2026-07-09 17:00'],
    ['2026-07-06 23:59', 3, 'working-days', '2026-07-09 17:00'],
    ['2026-07-04 10:00', 1, 'working-days', '2026-07-06 17:00'], // received on a Saturday
    ['2026-09-30 16:59', 7, 'working-days', '2026-10-15 17:00'], // across National Day, Saturday 10th worked
    ['2026-02-12 08:00', 2, 'working-days', '2026-02-14 17:00'], // due on a make-up Saturday
    ['2018-09-27 08:00', 3, 'working-days', '2018-09-30 17:00'], // due on a make-up Sunday
    ['2026-06-04 10:00', 15, 'calendar-days', '2026-06-22 17:00'], // the 19th is Dragon Boat Festival
    ['2026-06-05 10:00', 13, 'calendar-days', '2026-06-18 17:00'],
    ['2026-09-30 23:00', 2, 'hours', '2026-10-01 01:00'],
    ['2026-02-14 16:00', 4, 'hours', '2026-02-14 20:00'],
  ] as const)('from %s, %i %s: %s', (start, amount, unit, due) => {
    expect(startClock('answer', rule(amount, unit), at(start), calendar).deadline.dueAt).toEqual(at(due));
  });

  it('does not depend on the zone of the machine', () => {
    // 16:30 UTC is the next day in the city.
    const clock = startClock('answer', rule(1), new Date('2026-07-06T16:30:00Z'), calendar);
    expect(clock.deadline.dueAt).toEqual(at('2026-07-08 17:00'));
  });
});

describe('stopping and going on', () => {
  const start = startClock('answer', rule(5), at('2026-07-06 10:00'), calendar); // Monday, due 13 July

  it('has no deadline while it stands still, and the same one when it goes on before closing', () => {
    const paused = pauseClock(start, at('2026-07-08 10:00'), calendar);
    expect(paused.deadline.dueAt).toBeNull();
    expect(clockState(paused, at('2027-01-01 10:00'))).toBe('paused');
    expect(resumeClock(paused, at('2026-07-08 16:00'), calendar).deadline.dueAt).toEqual(at('2026-07-13 17:00'));
  });

  it.each([
    ['2026-07-08 10:00', '2026-07-10 10:00', '2026-07-15 17:00'],
    ['2026-07-10 10:00', '2026-07-11 10:00', '2026-07-14 17:00'], // Friday to Saturday: one closing
    ['2026-07-11 10:00', '2026-07-12 10:00', '2026-07-13 17:00'], // only a weekend
    ['2026-07-13 16:59', '2026-07-25 10:00', '2026-07-27 17:00'], // stopped in the last minute, back on a Saturday
    ['2026-07-13 17:00', '2026-07-20 10:00', '2026-07-13 17:00'], // too late to be saved by a question
    ['2026-07-06 11:00', '2026-07-07 18:00', '2026-07-14 17:00'],
  ])('stopped from %s to %s is due %s', (from, to, due) => {
    const clock = resumeClock(pauseClock(start, at(from), calendar), at(to), calendar);
    expect(clock.deadline.dueAt).toEqual(at(due));
  });

  it('counts two stops and an extension', () => {
    let clock = pauseClock(start, at('2026-07-07 10:00'), calendar);
    clock = resumeClock(clock, at('2026-07-08 10:00'), calendar); // 1 day
    clock = extendClock(clock, 3, at('2026-07-09 09:00'), calendar);
    clock = pauseClock(clock, at('2026-07-09 10:00'), calendar);
    clock = resumeClock(clock, at('2026-07-13 10:00'), calendar); // Thursday, Friday
    expect(clock.deadline.dueAt).toEqual(cityMoment(addWorkingDays(calendar, '2026-07-06', 5 + 3 + 3), '17:00'));
  });

  it('ignores stopping twice, going on twice, and anything after the end', () => {
    const paused = pauseClock(start, at('2026-07-07 10:00'), calendar);
    expect(pauseClock(paused, at('2026-07-08 10:00'), calendar)).toBe(paused);
    expect(resumeClock(start, at('2026-07-08 10:00'), calendar)).toBe(start);
    const ended = endClock(start, at('2026-07-13 17:00'));
    expect(extendClock(ended, 5, at('2026-07-14 10:00'), calendar)).toBe(ended);
    expect(isOnTime(ended, at('2026-08-01 10:00'))).toBe(true);
    expect(clockState(endClock(start, at('2026-07-13 17:01')), at('2026-08-01 10:00'))).toBe('late');
  });

  it('adds the time of a stop to hours', () => {
    const clock = startClock('emergency', rule(2, 'hours'), at('2026-10-01 22:00'), calendar);
    const paused = pauseClock(clock, at('2026-10-01 23:00'), calendar);
    expect(paused.deadline.dueAt).toBeNull();
    expect(resumeClock(paused, at('2026-10-02 03:30'), calendar).deadline.dueAt).toEqual(at('2026-10-02 04:30'));
  });

  it('keeps several stages side by side', () => {
    const assisting = startClock('assist', partOfRule(rule(5), 'test.half', 0.5), at('2026-07-06 10:00'), calendar);
    expect(assisting.rule).toMatchObject({ key: 'test.half', amount: 3 });
    expect(nextDue([start, assisting])).toEqual(at('2026-07-09 17:00'));
    expect(nextDue([start, endClock(assisting, at('2026-07-07 10:00'))])).toEqual(at('2026-07-13 17:00'));
    expect(nextDue([pauseClock(start, at('2026-07-07 10:00'), calendar)])).toBeNull();
  });
});

describe('years that are not known yet', () => {
  const clock = startClock('answer', rule(10), at('2026-12-24 10:00'), calendar);
  const later = calendarFrom(
    [...seed.days, { day: '2027-01-04', kind: 'free' as const, name: '元旦' }],
    [...seed.years, 2027],
  );

  it('marks the deadline provisional and counts it again when the notice is there', () => {
    expect(clock.deadline).toMatchObject({ provisional: true, dueAt: at('2027-01-08 17:00') });
    const confirmed = confirmClock(clock, at('2026-12-28 10:00'), later);
    expect(confirmed.deadline).toMatchObject({ provisional: false, dueAt: at('2027-01-08 17:00') });
    expect(confirmClock(confirmed, at('2026-12-29 10:00'), bare)).toBe(confirmed);
  });

  it('leaves deadlines alone that were certain', () => {
    const certain = startClock('answer', rule(2), at('2026-07-06 10:00'), calendar);
    expect(confirmClock(certain, at('2026-07-07 10:00'), later)).toBe(certain);
  });
});

const startTimes = fc
  .integer({ min: Date.parse('2018-01-01T00:00Z') / 60_000, max: Date.parse('2026-09-01T00:00Z') / 60_000 })
  .map((minutes) => new Date(minutes * 60_000));
const lengths = fc.integer({ min: 1, max: 40 });
const dayUnits = fc.constantFrom('working-days' as const, 'calendar-days' as const);
const dueDay = (date: Date | null): string => cityDay(date ?? new Date(Number.NaN));

describe('what holds for every clock', () => {
  it('never falls due on a free day', () => {
    fc.assert(
      fc.property(startTimes, lengths, dayUnits, (start, length, unit) => {
        const { dueAt } = startClock('s', rule(length, unit), start, calendar).deadline;
        expect(isWorkingDay(calendar, dueDay(dueAt))).toBe(true);
      }),
    );
  });

  it('moves by n working days when it stood still over n closings', () => {
    const offsets = fc.tuple(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 60_000 }));
    fc.assert(
      fc.property(startTimes, lengths, offsets, (start, length, [until, lasting]) => {
        const clock = startClock('s', rule(length), start, calendar);
        const from = new Date(start.getTime() + until * 60_000);
        const to = new Date(from.getTime() + lasting * 60_000);
        const { dueAt } = resumeClock(pauseClock(clock, from, calendar), to, calendar).deadline;
        if (!clock.deadline.dueAt || from >= clock.deadline.dueAt) return expect(dueAt).toEqual(clock.deadline.dueAt);
        let closings = 0;
        for (let day = addDays(cityDay(start), 1); day <= cityDay(to); day = addDays(day, 1)) {
          const close = cityMoment(day, '17:00');
          if (isWorkingDay(calendar, day) && from < close && to >= close) closings += 1;
        }
        expect(dueDay(dueAt)).toBe(addWorkingDays(calendar, dueDay(clock.deadline.dueAt), closings));
      }),
    );
  });

  it('stays as frozen whatever the calendar becomes, and still explains itself', () => {
    const free = fc.array(fc.tuple(startTimes.map(cityDay), fc.constantFrom('free' as const, 'working' as const)));
    fc.assert(
      fc.property(startTimes, lengths, free, (start, length, changes) => {
        const clock = startClock('s', rule(length), start, calendar);
        const before = JSON.stringify([clock, explainClock(clock)]);
        const changed = calendarFrom([...seed.days, ...changes.map(([day, kind]) => ({ day, kind, name: 'x' }))], []);
        expect(JSON.stringify([confirmClock(clock, start, changed), explainClock(clock)])).toBe(before);
        const ended = endClock(clock, new Date(start.getTime() + 1));
        expect(extendClock(ended, 1, start, changed).deadline).toBe(clock.deadline);
      }),
    );
  });

  it('keeps days already counted when a later event meets another calendar', () => {
    fc.assert(
      fc.property(startTimes, fc.integer({ min: 5, max: 30 }), (start, length) => {
        const clock = startClock('s', rule(length), start, calendar);
        const dueAt = clock.deadline.dueAt ?? start;
        const extended = extendClock(clock, 2, cityMoment(addDays(dueDay(dueAt), 1), '09:00'), plain);
        expect(workingDaysBetween(plain, dueDay(dueAt), dueDay(extended.deadline.dueAt))).toBe(2);
      }),
    );
  });

  it('is later when it starts later or lasts longer', () => {
    fc.assert(
      fc.property(startTimes, startTimes, lengths, lengths, dayUnits, (one, other, short, more, unit) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        const due = (start: Date, length: number): number =>
          startClock('s', rule(length, unit), start, calendar).deadline.dueAt?.getTime() ?? Number.NaN;
        expect(due(first, short)).toBeLessThanOrEqual(due(second, short));
        expect(due(first, short)).toBeLessThanOrEqual(due(first, short + more));
      }),
    );
  });

  it('explains every day, and the days add up', () => {
    fc.assert(
      fc.property(startTimes, lengths, dayUnits, fc.integer({ min: 0, max: 20 }), (start, length, unit, stop) => {
        let clock = startClock('s', rule(length, unit), start, calendar);
        const day = 86_400_000;
        clock = pauseClock(clock, new Date(start.getTime() + stop * day), calendar);
        clock = resumeClock(clock, new Date(start.getTime() + 2 * stop * day), calendar);
        const { days, dueAt } = explainClock(clock);
        expect(days.filter((one) => one.counted)).toHaveLength(length);
        expect(days.at(-1)).toMatchObject({ day: dueDay(dueAt), due: true, number: length });
        expect(days.filter((one) => one.due)).toHaveLength(1);
        for (const [index, one] of days.entries()) expect(one.day).toBe(addDays(cityDay(start), index));
      }),
    );
  });
});

describe('the explanation', () => {
  it('names weekends, holidays and make-up days', () => {
    const clock = startClock('answer', rule(4), at('2026-09-30 10:00'), calendar);
    const { days } = explainClock(clock);
    expect(days.map(({ day, reason, name, number }) => [day.slice(5), reason, name, number])).toEqual([
      ['09-30', 'start', undefined, 0],
      ...['01', '02', '03', '04', '05', '06', '07'].map((day) => [`10-${day}`, 'holiday', '国庆节', 0]),
      ['10-08', 'weekday', undefined, 1],
      ['10-09', 'weekday', undefined, 2],
      ['10-10', 'make-up', '国庆节', 3],
      ['10-11', 'weekend', undefined, 3],
      ['10-12', 'weekday', undefined, 4],
    ]);
  });

  it('shows a last day that moved and days of standing still', () => {
    const petition = startClock('petition', rule(15, 'calendar-days'), at('2026-06-04 10:00'), calendar);
    expect(
      explainClock(petition)
        .days.slice(-4)
        .map(({ reason }) => reason),
    ).toEqual(['calendar-day', 'moved', 'moved', 'moved']);
    const paused = pauseClock(
      startClock('a', rule(5), at('2026-07-06 10:00'), calendar),
      at('2026-07-08 18:00'),
      calendar,
    );
    expect(explainClock(paused)).toMatchObject({ dueAt: null, days: { length: 3 } });
    expect(calendarOf(paused.deadline).coveredYears.has(2026)).toBe(true);
  });
});

describe('handling time', () => {
  it.each([
    ['2026-07-06 09:00', '2026-07-06 16:00', [], 0],
    ['2026-07-06 09:00', '2026-07-08 09:00', [], 2],
    ['2026-09-30 09:00', '2026-10-11 09:00', [], 3],
    ['2026-07-06 09:00', '2026-07-10 09:00', [['2026-07-07 09:00', '2026-07-08 18:00']], 2],
  ] as const)('from %s to %s', (from, to, stops, days) => {
    const pauses = stops.map(([start, end]) => ({ from: at(start), to: at(end) }));
    expect(handlingDays(calendar, at(from), at(to), pauses, '17:00')).toBe(days);
  });
});
