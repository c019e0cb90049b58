import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { workingCalendar } from '../../src/calendar/index.ts';
import { cityDay, isWorkingDay } from '../../src/kernel/calendar.ts';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { dueStep } from '../../src/mailbox/timedSteps.ts';
import { sweepLetters } from '../../src/mailbox/sweep.ts';
import { TroubleModel } from '../../src/mailbox/troubleModel.ts';
import { useDatabase } from '../support/database.ts';
import { letterIn, mailboxModels, makeOffice, replyText, stored, type Office } from '../support/mailbox.ts';

useDatabase(mailboxModels);
let office: Office;
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));
beforeAll(async () => {
  office = await makeOffice();
});
afterEach(() => setClock());

describe('the timetable', () => {
  it('reminds, gives yellow and red cards, each once, on working days only', async () => {
    at('2026-09-18T10:00');
    const { id } = await letterIn('assigned', office);
    // 7 working days: 20 (make-up Sunday), 21, 22, 23, 24, [25–27 Mid-Autumn], 28, 29
    const dueAt = (await stored(id)).dueAt;
    expect(cityDay(dueAt as Date)).toBe('2026-09-29');
    const course: [string, string[]][] = [];
    for (const day of [23, 24, 25, 26, 27, 28, 29, 30]) {
      at(`2026-09-${day}T09:05`);
      const before = (await stored(id)).timed.length;
      await sweepLetters();
      const { timed } = await stored(id);
      course.push([`${day}`, timed.slice(before).map((key) => key.split(' ')[0] ?? '')]);
      expect((await sweepLetters()).steps).toBe(0);
    }
    expect(Object.fromEntries(course.filter(([, steps]) => steps.length > 0))).toEqual({
      24: ['reminder'],
      28: ['yellow'],
      30: ['red'],
    });
    const letter = await stored(id);
    expect(letter.cards.map(({ colour }) => colour)).toEqual(['yellow', 'red']);
    expect(letter.orders).toHaveLength(1);
    expect(letter.marks).toEqual(expect.arrayContaining(['yellow-card', 'red-card', 'supervised']));
  });

  it('does nothing through the whole of the National Day week', async () => {
    at('2026-09-28T10:00');
    const { id } = await letterIn('assigned', office);
    for (let day = 1; day <= 7; day += 1) {
      at(`2026-10-0${day}T12:00`);
      await sweepLetters();
      expect((await stored(id)).timed).toEqual([]);
    }
  });

  it('stands still while the writer owes an answer, and goes on alone when they do not give it', async () => {
    at('2026-11-02T10:00');
    const { id } = await letterIn('assigned', office);
    await act.askWriter(office.handler, { letterId: id, text: '请补充具体楼号。' });
    at('2026-11-13T12:00');
    await sweepLetters();
    expect((await stored(id)).marks).toContain('waiting');
    at('2026-11-17T09:00');
    await sweepLetters();
    const letter = await stored(id);
    expect(letter.marks).not.toContain('waiting');
    expect(cityDay(letter.dueAt as Date)).toBe('2026-11-25');
  });

  it('closes what was answered and asks once for a rating', async () => {
    at('2026-11-02T10:00');
    const { id } = await letterIn('replied', office);
    at('2026-11-05T10:00');
    await sweepLetters();
    await sweepLetters();
    const kinds = (await stored(id)).outbox.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'rating')).toHaveLength(1);
    at('2026-11-17T10:00');
    await sweepLetters();
    expect((await stored(id)).state).toBe('closed');
  });

  it('goes on past letters that throw, in every part of a round, and keeps them to be shown until they are well', async () => {
    at('2026-11-02T10:00');
    const damaged = [await letterIn('assigned', office), await letterIn('replied', office)];
    const [good, rated] = [await letterIn('assigned', office), await letterIn('replied', office)];
    const [noClocks, noTrail] = damaged.map(({ id }) => ({ _id: id as never }));
    const { clocks } = await stored(damaged[0]?.id ?? '');
    await act.LetterModel.collection.updateOne(noClocks ?? {}, { $set: { clocks: 'torn' } });
    await act.LetterModel.collection.updateOne(noTrail ?? {}, { $set: { trail: 'torn' } });
    at('2026-11-17T10:00');
    expect((await sweepLetters()).failed).toBe(2);
    expect((await stored(good.id)).marks).toContain('red-card');
    expect((await stored(rated.id)).state).toBe('closed');
    const troubled = async () => (await TroubleModel.find().lean()).map(({ letterId }) => letterId).sort();
    expect(await troubled()).toEqual(damaged.map(({ id }) => id).sort());
    await act.LetterModel.collection.updateOne(noClocks ?? {}, { $set: { clocks } });
    at('2026-11-17T10:05');
    await sweepLetters();
    expect(await troubled()).toEqual([damaged[1]?.id]);
    await act.LetterModel.collection.deleteOne(noTrail ?? {});
  });

  it('gives no second card after an appeal took the first back', async () => {
    at('2026-09-18T10:00');
    const { id: letterId } = await letterIn('assigned', office);
    at('2026-09-30T10:00');
    await sweepLetters();
    const cardId = (await stored(letterId)).cards[0]?.id ?? '';
    await act.appealCard(office.head, { letterId, cardId, reason: '系统故障导致延误' });
    await act.decideAppeal(office.supervisor, { letterId, cardId, decision: 'grant', reason: '情况属实，予以撤销' });
    await sweepLetters();
    const letter = await stored(letterId);
    expect(letter.cards).toHaveLength(1);
    expect(letter.marks).not.toContain('red-card');
  });
});

describe('clocks on letters', () => {
  it('an extension moves the deadline, is told, and can be had once', async () => {
    at('2026-11-02T10:00');
    const { id: letterId } = await letterIn('assigned', office);
    await act.requestExtension(office.handler, { letterId, amount: 10, reason: '需要现场检测' });
    await act.decideExtension(office.clerk, { letterId, decision: 'grant' });
    const letter = await stored(letterId);
    expect(cityDay(letter.dueAt as Date)).toBe('2026-11-25');
    expect(letter.facts).toMatchObject({ extended: true, answerDueAt: letter.dueAt });
    const again = act.requestExtension(office.handler, { letterId, amount: 1, reason: '还需要一些时间' });
    await expect(again).rejects.toMatchObject({ status: 409 });
  });

  it('a department returns a letter inside the window only, and the next one has its whole time', async () => {
    at('2026-11-02T10:00');
    const { id: letterId } = await letterIn('assigned', office);
    at('2026-11-04T10:00');
    const late = act.returnLetter(office.handler, { letterId, reason: '不是我单位职责' });
    await expect(late).rejects.toMatchObject({ told: { key: 'mailbox.errors.return-window-over' } });
    at('2026-11-03T10:00');
    await act.returnLetter(office.handler, { letterId, reason: '不是我单位职责' });
    await expect(act.letterForStaff(office.handler, letterId)).rejects.toMatchObject({ status: 404 });
    await act.assignLetter(office.clerk, { letterId, departmentId: office.assistingId });
    expect(cityDay((await stored(letterId)).dueAt as Date)).toBe('2026-11-12');
  });

  it('what was decided stays decided: facts of a reply do not move with later rounds', async () => {
    at('2026-11-02T10:00');
    const letter = await letterIn('replied', office);
    const { facts } = await stored(letter.id);
    const { number, code, writer, id: letterId } = letter;
    await act.rateLetter(writer, { number, code, satisfaction: 'dissatisfied', solved: 'no', reason: '没有解决问题' });
    await act.requestRehandling(writer, { number, code, reason: '没有解决问题' });
    await act.decideRehandling(office.clerk, { letterId, decision: 'grant' });
    at('2026-12-20T10:00');
    await act.submitForSignOff(office.handler, { letterId, text: replyText });
    await act.signOff(office.head, { letterId });
    await act.releaseReply(office.clerk, { letterId });
    const after = (await stored(letterId)).facts;
    const { onTime, answerDueAt, repliedAt, handlingDays } = facts;
    expect(after).toMatchObject({ onTime, answerDueAt, repliedAt, handlingDays, rehandled: true });
    await act.rateLetter(writer, { number, code, satisfaction: 'dissatisfied', solved: 'no', reason: '还是没有解决' });
    expect((await stored(letterId)).orders.map(({ reason }) => reason)).toEqual(['dissatisfied-again']);
  });

  it('no step of the timetable ever falls on a free day, and never two of one kind for one deadline', async () => {
    at('2026-09-18T10:00');
    const { id } = await letterIn('assigned', office);
    const [letter, calendar] = [await stored(id), await workingCalendar()];
    const moments = fc.date({
      min: new Date('2026-09-18T02:00:00Z'),
      max: new Date('2026-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.array(moments, { maxLength: 30 }), (given) => {
        const timed: string[] = [];
        for (const moment of given.toSorted((one, other) => one.getTime() - other.getTime())) {
          const step = dueStep({ ...letter, timed }, moment, calendar);
          if (!step) continue;
          expect(isWorkingDay(calendar, cityDay(moment))).toBe(true);
          expect(timed).not.toContain(step.key);
          timed.push(step.key);
        }
      }),
      { numRuns: 200 },
    );
  });
});
