import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { mean, measure, monthsOf, nextMonth, percentile, setsOf } from '../../src/statistics/measures.ts';
import { gradeOf, scoreOf, wilsonLower, type RankingRules } from '../../src/statistics/ranking.ts';
import { figuresOf } from '../../src/statistics/queries.ts';
import type { OpenRow } from '../../src/statistics/row.ts';
import { useApp } from '../support/app.ts';
import { letterIn, makeOffice, type Office } from '../support/mailbox.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));
afterEach(() => setClock());

describe('single measures', () => {
  const row: OpenRow = {
    letterId: 'l',
    league: 'departments',
    yellowCards: '',
    redCards: '',
    extended: false,
    returns: 0,
    rehandled: false,
    department: '水务局',
    departmentId: 'd',
    kind: 'help',
    box: 'unified',
    valid: true,
    received: '2026-10-01',
    due: '2026-10-13 17:00',
    replied: '2026-10-12 10:00',
    onTime: true,
    handlingDays: 4,
    satisfaction: '',
    solved: null,
  };
  const period = { from: '2026-10', until: '2026-10', cutoff: '2026-11-22 12:00' };
  const table: [string, Partial<OpenRow>, [number, number], [number, number]][] = [
    ['answered in time', {}, [1, 1], [1, 1]],
    ['answered late', { replied: '2026-10-20 10:00', onTime: false }, [1, 1], [0, 1]],
    ['open and overdue', { replied: '', onTime: null, handlingDays: null }, [0, 1], [0, 1]],
    ['answered early, due next month', { due: '2026-11-03 17:00' }, [1, 1], [0, 0]],
    ['due next month, answered then', { due: '2026-11-03 17:00', replied: '2026-11-02 10:00' }, [0, 0], [0, 0]],
    ['due after the cut-off', { due: '2026-10-30 17:00', replied: '', onTime: null }, [0, 0], [0, 0]],
    ['declined or repeated', { valid: false }, [0, 0], [0, 0]],
    ['not assigned yet', { due: '', replied: '', onTime: null }, [0, 0], [0, 0]],
  ];
  it.each(table)('%s', (name, change, reply, onTime) => {
    const cutoff = name.includes('cut-off') ? '2026-10-20 00:00' : period.cutoff;
    const figures = measure([{ ...row, ...change }], { ...period, cutoff });
    expect([figures.reply.part, figures.reply.whole]).toEqual(reply);
    expect([figures.onTime.part, figures.onTime.whole]).toEqual(onTime);
  });

  it('never counts the unrated as satisfied', () => {
    const rows = [
      { ...row, satisfaction: 'satisfied' },
      { ...row, satisfaction: 'fairly' },
      { ...row, satisfaction: 'dissatisfied' },
      row,
    ];
    const { satisfaction, rating } = measure(rows, period);
    expect([satisfaction, rating]).toEqual([
      { part: 2, whole: 3 },
      { part: 3, whole: 4 },
    ]);
  });

  it('takes percentiles by nearest rank and months across years', () => {
    const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect([percentile(days, 0.5), percentile(days, 0.9), percentile([], 0.5), percentile([7], 0.9)]).toEqual([
      5,
      9,
      null,
      7,
    ]);
    expect(monthsOf({ from: '2025-11', until: '2026-02' })).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect([nextMonth('2026-01', -1), nextMonth('2026-12')]).toEqual(['2025-12', '2027-01']);
  });

  it('gives the average, the median and the ninth tenth of handling times side by side', () => {
    const rows = [1, 2, 2, 3, 12].map((handlingDays) => ({ ...row, handlingDays }));
    expect(measure(rows, period).handling).toEqual({ mean: 4, median: 2, p90: 12, count: 5 });
    expect([mean([]), mean([1, 2]), mean([1, 1, 2])]).toEqual([null, 1.5, 1.3]);
  });

  it('counts no reply that came after the cut-off', () => {
    const figures = measure([{ ...row, replied: '2026-10-14 10:00', onTime: false }], {
      ...period,
      cutoff: '2026-10-13 18:00',
    });
    expect(figures.reply).toEqual({ part: 0, whole: 1 });
  });

  it('has behind every number exactly so many letters', () => {
    const rows = [
      row,
      { ...row, valid: false },
      { ...row, replied: '', onTime: null },
      { ...row, satisfaction: 'dissatisfied', solved: false, yellowCards: '2026-10-09 2026-10-10' },
      { ...row, received: '2026-09-20', replied: '2026-10-20 10:00', onTime: false, redCards: '2026-10-14' },
    ];
    const [sets, figures] = [setsOf(rows, period), measure(rows, period)];
    expect([sets.replied.length, sets.owed.length]).toEqual([figures.reply.part, figures.reply.whole]);
    expect([sets['on-time'].length, sets.due.length]).toEqual([figures.onTime.part, figures.onTime.whole]);
    expect(sets.replied.length + sets.unanswered.length).toBe(sets.owed.length);
    expect(sets['on-time'].length + sets.late.length).toBe(sets.due.length);
    expect(figures.cards).toEqual({ yellow: 2, red: 1 });
    expect([sets.yellow.length, sets.red.length]).toEqual([1, 1]);
  });

  it('ranks many good letters before a few perfect ones', () => {
    expect(wilsonLower({ part: 98, whole: 100 })).toBeGreaterThan(wilsonLower({ part: 3, whole: 3 }));
    expect(wilsonLower({ part: 8, whole: 10 })).toBeCloseTo(0.4902, 3);
    expect(wilsonLower({ part: 0, whole: 0 })).toBe(0);
  });
});

describe('the score of a department', () => {
  const rules: RankingRules = {
    rankedFrom: 10,
    ratedFrom: 5,
    weights: { reply: 20, onTime: 40, satisfaction: 30, solved: 10 },
    points: { yellow: 1, red: 3 },
    grades: { excellent: 90, good: 80, pass: 60 },
  };
  const share = (part: number, whole: number) => ({ part, whole });
  const all = {
    ...measure([], { from: '2026-10', until: '2026-10', cutoff: '' }),
    reply: share(400, 400),
    onTime: share(400, 400),
    satisfaction: share(400, 400),
    solved: share(400, 400),
  };
  const table: [string, Partial<typeof all>, number | null, string | null][] = [
    ['everything right, many letters', {}, 99, 'excellent'],
    ['the same with cards', { cards: { yellow: 2, red: 3 } }, 88, 'good'],
    ['never below nothing', { cards: { yellow: 0, red: 60 } }, 0, 'fail'],
    ['half of the letters late', { onTime: share(200, 400) }, 77.5, 'pass'],
    ['too few letters due', { onTime: share(9, 9) }, null, null],
    [
      'too few ratings: the other weights stand for them',
      { satisfaction: share(0, 4), solved: share(0, 4) },
      99,
      'excellent',
    ],
    ['enough ratings, all bad', { satisfaction: share(0, 400) }, 69.3, 'pass'],
  ];
  it.each(table)('%s', (_name, change, points, grade) => {
    const score = scoreOf({ ...all, ...change }, rules);
    expect([score && Math.round(10 * score.points) / 10, score?.grade ?? null]).toEqual([points, grade]);
  });

  it.each([
    [90, 'excellent'],
    [89.9, 'good'],
    [80, 'good'],
    [79.9, 'pass'],
    [60, 'pass'],
    [59.9, 'fail'],
  ])('%d points are %s', (points, grade) => {
    expect(gradeOf(points, rules.grades)).toBe(grade);
  });
});

describe('the public page', () => {
  let office: Office;
  beforeAll(async () => {
    await storeSetting('statistics.refresh-seconds', 0, 'test');
    office = await makeOffice();
    at('2026-09-14T10:00');
    const first = await letterIn('replied', office);
    at('2026-09-15T10:00');
    await act.rateLetter(first.writer, {
      number: first.number,
      code: first.code,
      satisfaction: 'satisfied',
      solved: 'yes',
    });
    const late = await letterIn('signed-off', office);
    await letterIn('assigned', office);
    const repeated = await letterIn('assigned', office);
    await act.linkDuplicate(office.clerk, { letterId: repeated.id, original: first.number });
    await letterIn('declined', office);
    at('2026-10-12T10:00');
    await act.releaseReply(office.clerk, { letterId: late.id });
    setClock();
  });

  it('shows what the open data say, month by month', async () => {
    at('2026-10-13T10:00');
    const visitor = new Visitor(app.base);
    const csv = await (await visitor.fetch('/statistics/letters.csv?from=2026-09&until=2026-10')).text();
    const lines = parse<Record<string, string>>(csv, { columns: true, bom: true });
    expect(lines).toHaveLength(5);
    expect(csv).not.toMatch(/\d{4}-\d{6}|王海|水压/);
    const rows = lines.map((line) => ({
      ...line,
      departmentId: '',
      valid: line['valid'] === 'true',
      onTime: line['onTime'] === '' ? null : line['onTime'] === 'true',
      handlingDays: line['handlingDays'] === '' ? null : Number(line['handlingDays']),
      solved: line['solved'] === '' ? null : line['solved'] === 'true',
    })) as unknown as OpenRow[];
    const period = { from: '2026-09', until: '2026-10', cutoff: lines[0]?.['asOf'] ?? '' };
    const { total, months } = await figuresOf({ from: '2026-09', until: '2026-10' });
    expect(measure(rows, period)).toEqual(total);
    for (const { month, figures } of months)
      expect(measure(rows, { ...period, from: month, until: month })).toEqual(figures);
    expect(total.onTime).toEqual({ part: 1, whole: 3 });
    expect(total.reply).toEqual({ part: 2, whole: 3 });
    expect([total.received, total.valid]).toEqual([5, 3]);
    const { html } = await visitor.open('/statistics?from=2026-09&until=2026-10');
    expect(html).toContain('33.3%');
    expect((await visitor.open('/statistics?from=2026-09&until=2026-10&lang=en')).html).toContain('On-time rate');
  });

  it('shows every department in the order asked for, and all about one on a page of its own', async () => {
    const visitor = new Visitor(app.base);
    const { html } = await visitor.open('/statistics?from=2026-09&until=2026-10&by=on-time');
    expect(html).toMatch(/<th[^>]*class="by-on-time"[^>]*aria-sort="descending"/);
    const [, href = ''] = /href="(\/statistics\/departments\/[^"]+)"/.exec(html) ?? [];
    const one = await visitor.open(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
    expect(one.status).toBe(200);
    expect(one.html).toContain('33.3%');
    expect(one.html).toContain('2026-09');
  });

  it('a later change of the limits changes no figure', async () => {
    at('2026-10-13T10:00');
    const before = await figuresOf({ from: '2026-09', until: '2026-10' });
    await storeSetting('mailbox.answer-days-other', 60, 'test');
    expect((await figuresOf({ from: '2026-09', until: '2026-10' })).total).toEqual(before.total);
    await storeSetting('mailbox.answer-days-other', null, 'test');
  });

  it('takes any address without falling over', async () => {
    const visitor = new Visitor(app.base);
    for (const query of [
      'from=2099-13',
      'from=2030-01&until=2020-01',
      'until=%00',
      'from[$gt]=1',
      'from=2000-01&until=2099-12',
    ]) {
      expect((await visitor.open(`/statistics?${query}`)).status).toBe(200);
    }
    for (const query of ['by=nonsense', 'by[]=reply', 'by=days', 'league=nowhere&by=solved', 'league=districts']) {
      expect((await visitor.open(`/statistics/departments?${query}`)).status).toBe(200);
    }
    expect((await visitor.open('/statistics/departments/nowhere')).status).toBe(404);
    expect((await visitor.open('/office/supervision/figures')).status).toBe(303);
  });
});
