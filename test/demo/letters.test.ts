import { beforeAll, describe, expect, it } from '@jest/globals';
import { workingCalendar } from '../../src/calendar/index.ts';
import { fillDemoCity } from '../../src/demo/index.ts';
import { letterTemplates } from '../../src/demo/content/letters.ts';
import { planLetters } from '../../src/demo/letterPlan.ts';
import { letterStates } from '../../src/mailbox/letter.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { openIdentity } from '../../src/mailbox/writerModel.ts';
import { useApp } from '../support/app.ts';

const app = useApp();
let letters: Letter[];
beforeAll(async () => {
  await fillDemoCity(() => undefined, { letters: 60, hall: 0 });
  letters = await LetterModel.find().sort({ submittedAt: 1, number: 1 }).lean<Letter[]>();
});

describe('the mailbox of the demo city', () => {
  it('has letters in every state', () => {
    const states = new Map<string, number>(letterStates.map((state) => [state, 0]));
    for (const { state } of letters) states.set(state, (states.get(state) ?? 0) + 1);
    expect([...states].filter(([, count]) => count === 0)).toEqual([]);
    expect(letters).toHaveLength(60);
  });

  it('has overdue letters with both cards, dissatisfied and re-handled ones, extensions and questions to writers', () => {
    const overdue = letters.filter(({ open, dueAt }) => open && dueAt && dueAt < new Date());
    expect(overdue.some(({ marks }) => marks.includes('red-card') && marks.includes('yellow-card'))).toBe(true);
    for (const mark of ['waiting', 'extension-asked', 'rehandling-asked', 'rehandled', 'dissatisfied'] as const) {
      expect([mark, letters.some(({ marks }) => marks.includes(mark))]).toEqual([mark, true]);
    }
  });

  it('tells nothing that lies in the future, and numbers follow the days', () => {
    const now = new Date();
    for (const { trail } of letters) {
      expect(trail.every(({ at }) => at <= now)).toBe(true);
      expect(trail.map(({ at }) => at.getTime())).toEqual(trail.map(({ at }) => at.getTime()).sort((a, b) => a - b));
    }
    expect(letters.map(({ number }) => number)).toEqual(letters.map(({ number }) => number).sort());
  });

  it('shows answered letters to everybody, with what was personal masked', async () => {
    const open = letters.filter(({ visibility }) => visibility === 'public');
    expect(open.length).toBeGreaterThan(10);
    expect(open.every(({ publicVersion }) => !/1380000\d{4}/.test(publicVersion?.body ?? ''))).toBe(true);
    const page = await fetch(`${app.base}/letters`);
    expect(await page.text()).toContain(open.at(-1)?.publicVersion?.title.slice(0, 6));
  });

  it('uses invented people only: telephone numbers nobody has and example.com', async () => {
    for (const { _id } of letters) {
      const writer = await openIdentity(_id);
      expect(writer?.phone).toMatch(/^1380000\d{4}$/);
      expect(writer?.email).toMatch(/^$|@example\.com$/);
    }
  });
});

describe('the plan of the letters', () => {
  it('is the same for the same seed and day, and another for another seed', async () => {
    const [today, calendar] = [new Date('2026-11-18T04:00:00Z'), await workingCalendar()];
    expect(planLetters(120, 7, today, calendar)).toEqual(planLetters(120, 7, today, calendar));
    expect(planLetters(120, 8, today, calendar)).not.toEqual(planLetters(120, 7, today, calendar));
    const plans = planLetters(400, 7, today, calendar);
    expect(plans.every(({ submittedAt }) => submittedAt <= today)).toBe(true);
    expect(plans.some(({ title, body, reply }) => /\{\w+\}/.test(title + body + reply))).toBe(false);
    expect(new Set(plans.map(({ body }) => body)).size).toBeGreaterThan(380);
  });

  it('has letters and replies of the length that people write', () => {
    expect(letterTemplates.length).toBeGreaterThanOrEqual(45);
    for (const { title, body, reply } of letterTemplates) {
      expect([title, title.length <= 40 && body.length >= 60 && body.length <= 250]).toEqual([title, true]);
      expect([title, reply.length >= 80 && reply.length <= 300]).toEqual([title, true]);
    }
  });
});
