import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { mean, measure, monthsOf, nextMonth, percentile, setsOf } from '../../src/statistics/measures.ts';
import { drawn, gradeOf, leagueRate, leagueRates, scoreOf, type RankingRules } from '../../src/statistics/ranking.ts';
import { figuresOf } from '../../src/statistics/queries.ts';
import type { OpenRow } from '../../src/statistics/row.ts';
import { useApp } from '../support/app.ts';
import { letterIn, makeOffice, stored, type Office } from '../support/mailbox.ts';
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

  it('counts every letter in one month, so that months add up to the whole', () => {
    const months = ['2026-05', '2026-06', '2026-07'];
    const moments = ['', ...months.map((month) => `${month}-15 10:00:00`)];
    const rows = moments.flatMap((due) => moments.map((replied) => ({ ...row, due, replied })));
    const whole = { from: '2026-05', until: '2026-07', cutoff: '2026-07-31 00:00:00' };
    const parts = months.map((month) => measure(rows, { ...whole, from: month, until: month }));
    for (const name of ['reply', 'onTime', 'satisfaction', 'solved'] as const) {
      const total = measure(rows, whole)[name];
      expect([name, parts.reduce((sum, one) => sum + one[name].whole, 0)]).toEqual([name, total.whole]);
      expect([name, parts.reduce((sum, one) => sum + one[name].part, 0)]).toEqual([name, total.part]);
    }
    expect(measure(rows, whole).reply.whole).toBe(15);
  });

  it('draws few letters towards their league, many hardly', () => {
    const league = leagueRate([share(95, 100), share(180, 200), share(60, 100), share(3, 3)]);
    expect(league.mean).toBeCloseTo(338 / 403);
    expect(drawn(share(3, 3), league)).toBeLessThan(drawn(share(98, 100), league));
    expect(drawn(share(950, 1000), league)).toBeCloseTo(0.95, 1);
    expect(leagueRate([])).toMatchObject({ mean: 0 });
    expect(leagueRate([share(5, 5), share(9, 9)])).toMatchObject({ mean: 1 });
    // Departments that differ no more than chance would have it are drawn strongly
    expect(leagueRate([share(90, 100), share(91, 100), share(89, 100)]).strength).toBeGreaterThan(league.strength);
  });
});

const share = (part: number, whole: number) => ({ part, whole });

describe('the score of a department', () => {
  const rules: RankingRules = {
    rankedFrom: 10,
    gradedFrom: 30,
    ratedFrom: 5,
    weights: { reply: 20, onTime: 40, satisfaction: 30, solved: 10 },
    points: { yellow: 1, red: 3 },
    grades: { excellent: 90, good: 80, pass: 60 },
  };
  const all = {
    ...measure([], { from: '2026-10', until: '2026-10', cutoff: '' }),
    reply: share(400, 400),
    onTime: share(400, 400),
    satisfaction: share(400, 400),
    solved: share(400, 400),
  };
  const rates = leagueRates([all]);
  const table: [string, Partial<typeof all>, number | null, string | null][] = [
    ['everything right, many letters', {}, 100, 'excellent'],
    ['the same with cards', { cards: { yellow: 2, red: 3 } }, 89, 'good'],
    ['many cards, yet everything in time', { cards: { yellow: 0, red: 60 } }, 0, 'good'],
    ['many cards and a letter late', { cards: { yellow: 0, red: 60 }, onTime: share(399, 400) }, 0, 'fail'],
    ['half of the letters late', { onTime: share(200, 400) }, 80, 'good'],
    ['too few letters due to be ranked', { onTime: share(9, 9) }, null, null],
    ['too few letters due to be graded', { onTime: share(29, 29), reply: share(29, 29) }, 100, null],
    ['a small department that did everything right', { onTime: share(30, 30), reply: share(30, 30) }, 100, 'excellent'],
    [
      'too few ratings: the other weights stand for them',
      { satisfaction: share(0, 4), solved: share(0, 4) },
      100,
      'excellent',
    ],
    ['ratings all bad, but everything in time', { satisfaction: share(0, 400), solved: share(0, 400) }, 60, 'good'],
    ['ratings all bad and one letter late', { satisfaction: share(0, 400), onTime: share(399, 400) }, 69.9, 'pass'],
  ];
  it.each(table)('%s', (_name, change, observed, grade) => {
    const score = scoreOf({ ...all, ...change }, rules, rates);
    expect([score && Math.round(10 * score.observed) / 10, score?.grade ?? null]).toEqual([observed, grade]);
  });

  it('puts many good letters before a few perfect ones', () => {
    const few = { ...all, reply: share(10, 10), onTime: share(10, 10), satisfaction: share(0, 0), solved: share(0, 0) };
    const many = { ...few, reply: share(396, 400), onTime: share(396, 400) };
    const middling = { ...few, reply: share(320, 400), onTime: share(300, 400) };
    const league = leagueRates([few, many, middling]);
    const [ofFew = 0, ofMany = 0, ofMiddling = 0] = [few, many, middling].map(
      (one) => scoreOf(one, rules, league)?.points,
    );
    expect(ofMany).toBeGreaterThan(ofFew);
    expect(ofFew).toBeGreaterThan(ofMiddling);
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

  it('to the second: what is said to be in time can be recomputed from the file', async () => {
    const moments = { '17:00:00.000': true, '17:00:00.999': true, '17:00:30.000': false };
    const replied: Record<string, boolean> = {};
    for (const [moment, inTime] of Object.entries(moments)) {
      at('2026-06-01T10:00');
      const { id: letterId } = await letterIn('signed-off', office);
      const [day] = ((await stored(letterId)).dueAt as Date).toISOString().split('T');
      at(`${day}T${moment}`);
      await act.releaseReply(office.clerk, { letterId });
      replied[`${day} ${moment.slice(0, 8)}`] = inTime;
    }
    at('2026-07-01T10:00');
    const csv = await (await new Visitor(app.base).fetch('/open-data/letters.csv?from=2026-06&until=2026-06')).text();
    const lines = parse<Record<string, string>>(csv, { columns: true, bom: true });
    expect(lines.map((line) => line['onTime'])).toEqual(
      lines.map(({ replied: when = '', due = '' }) => String(when <= due)),
    );
    expect(Object.fromEntries(lines.map((line) => [line['replied'], line['onTime'] === 'true']))).toEqual(replied);
  });

  it('reads a letter again when it changed, and no other', async () => {
    at('2026-10-13T10:00');
    await figuresOf({ from: '2026-09', until: '2026-10' });
    const reading = jest.spyOn(act.LetterModel, 'find');
    const { id: letterId } = await letterIn('submitted', office);
    await act.declineLetter(office.clerk, { letterId, reason: '不属于本市政府职责范围' });
    reading.mockClear();
    expect((await figuresOf({ from: '2026-09', until: '2026-10' })).total.received).toBe(6);
    expect(reading.mock.calls.map(([filter]) => Object.keys(filter ?? {}))).toEqual([['changedAt']]);
    reading.mockRestore();
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
