import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { enterYear, workingCalendar } from '../../src/calendar/index.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { explainClock } from '../../src/kernel/clockExplanation.ts';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { boardModel } from '../../src/mailbox/office/supervision.ts';
import { movedDaysModel, moveChosenDeadlines } from '../../src/mailbox/office/movedDays.ts';
import { recountLetters } from '../../src/mailbox/recount.ts';
import { sweepLetters } from '../../src/mailbox/sweep.ts';
import { useDatabase } from '../support/database.ts';
import { letterIn, mailboxModels, makeOffice, stored, type Office } from '../support/mailbox.ts';

useDatabase(mailboxModels);
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));
const rest = '国庆节：10月1日至8日放假调休，共8天。9月27日、10月10日上班。';
const newYear = '元旦：2020年1月1日放假，共1天。';
const first = [newYear, '春节：1月24日至30日放假调休，共7天。1月19日、2月1日上班。', rest].join('\n');
const prolonged = [newYear, '春节：1月24日至2月2日放假调休，共10天。1月19日上班。', rest].join('\n');
let office: Office;

async function announce(text: string): Promise<void> {
  await enterYear(systemActor('test'), { year: 2020, text, confirm: true });
  await recountLetters(await workingCalendar());
}

beforeAll(async () => {
  office = await makeOffice();
});
afterEach(() => setClock());

it('a holiday that is prolonged makes nobody late, and its deadlines are moved by one decision with a reason', async () => {
  await announce(first);
  at('2020-01-20T10:00');
  const [one, other] = [
    await letterIn('assigned', office, { kind: 'consultation' }),
    await letterIn('assigned', office, { kind: 'consultation' }),
  ];
  expect((await stored(one.id)).dueAt).toEqual(new Date('2020-02-01T17:00+08:00'));
  at('2020-01-27T12:00');
  await announce(prolonged);

  // Frozen as it was; nobody is late on a day that has become free, nor on the first day after it
  for (const moment of ['2020-02-01T17:01', '2020-02-03T09:00']) {
    at(moment);
    await sweepLetters();
    const { timed, marks, dueAt } = await stored(one.id);
    expect([dueAt, marks.includes('red-card')]).toEqual([new Date('2020-02-01T17:00+08:00'), false]);
    expect(timed.filter((key) => key.startsWith('red'))).toEqual([]);
    const { totals } = await boardModel(office.supervisor);
    expect(totals.find(({ measure }) => measure === 'overdue')?.count).toBe(0);
  }

  const board = await boardModel(office.supervisor);
  const { rows } = await movedDaysModel(office.supervisor, {});
  expect([board.movedDays, rows.map(({ laterDueAt }) => laterDueAt)]).toEqual([
    2,
    [new Date('2020-02-04T17:00+08:00'), new Date('2020-02-04T17:00+08:00')],
  ]);
  await expect(moveChosenDeadlines(office.head, { letter: [], reason: '国务院延长春节假期' })).rejects.toMatchObject({
    status: 403,
  });
  const chosen = rows.filter(({ number }) => number === one.number).map(({ key }) => key);
  await expect(moveChosenDeadlines(office.supervisor, { letter: chosen, reason: '' })).rejects.toMatchObject({
    status: 422,
  });
  expect(await moveChosenDeadlines(office.supervisor, { letter: chosen, reason: '国务院延长春节假期' })).toEqual({
    done: 1,
    left: 0,
  });
  const letter = await stored(one.id);
  expect([letter.dueAt, letter.facts.answerDueAt, letter.laterDueAt]).toEqual([
    new Date('2020-02-04T17:00+08:00'),
    new Date('2020-02-04T17:00+08:00'),
    null,
  ]);
  const answer = letter.clocks.find(({ stage, endedAt }) => stage === 'answer' && !endedAt);
  expect(answer && explainClock(answer)).toMatchObject({
    moved: { from: new Date('2020-02-01T17:00+08:00'), reason: '国务院延长春节假期' },
  });
  expect(letter.trail.at(-1)).toMatchObject({ verb: 'move-deadline', note: '国务院延长春节假期' });
  expect((await movedDaysModel(office.supervisor, {})).rows.map(({ number }) => number)).toEqual([other.number]);

  // Who was not moved is late from the day after today's count on
  at('2020-02-05T09:00');
  await sweepLetters();
  expect((await stored(other.id)).marks).toContain('red-card');
  await act.withdrawLetter(other.writer, { number: other.number, code: other.code });
  expect((await movedDaysModel(office.supervisor, {})).rows).toEqual([]);
});

it('a notice with fewer days says what it takes away, and waits for a yes', async () => {
  await announce(prolonged);
  const shorter = { year: 2020, text: first };
  await expect(enterYear(office.administrator, shorter)).rejects.toMatchObject({
    status: 422,
    fields: { confirm: { key: 'calendar.faults.takes-away', params: { count: 2, days: '2020-01-31 2020-02-02' } } },
  });
  await expect(enterYear(office.administrator, { ...shorter, confirm: '1' })).resolves.toMatchObject({ year: 2020 });
});
