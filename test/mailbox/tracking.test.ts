import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { features } from '../../src/features.ts';
import { declareJobs, runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { visitor } from '../support/letterVisitor.ts';
import { letterIn, makeOffice, replyText, stored, type Office, type Written } from '../support/mailbox.ts';
import { staffCookie } from '../support/staffSession.ts';

const app = useApp();
let office: Office;
beforeAll(async () => {
  office = await makeOffice();
  declareJobs(features.flatMap((feature) => feature.jobs ?? []));
});
afterEach(() => setClock());
const at = (text: string) => setClock(() => new Date(`${text}+08:00`));

async function opened({ number, code }: Written) {
  const who = visitor(app.base);
  await who.open('/letters/track');
  await who.send('/letters/track', { number, code });
  return { who, page: async () => (await who.open(`/letters/track/${number}`)).text };
}
async function overApi({ number, code }: Written) {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ number, code }),
  };
  const answer = await fetch(`${app.base}/api/v1/letters/track`, init);
  return ((await answer.json()) as { letter: Record<string, unknown> }).letter;
}

describe('the deadline of a letter', () => {
  it('is explained day by day over National Day, on the page and in the API', async () => {
    at('2026-09-28T10:00');
    const letter = await letterIn('assigned', office);
    const page = await (await opened(letter)).page();
    // 7 working days from 28 September: National Day is free, 10 October (Saturday) is worked
    for (const words of ['2026-10-01', '国庆节放假，不计', '2026-10-10', '国庆节调休上班，计入', '7 / 7']) {
      expect(page).toContain(words);
    }
    expect(page).toContain('开始的当天不计入');
    const { clocks, dueAt, provisional, acts } = await overApi(letter);
    const answer = (clocks as { stage: string; days: object[] }[]).find(({ stage }) => stage === 'answer');
    expect(answer?.days).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ day: '2026-10-02', reason: 'holiday', name: '国庆节', counted: false }),
        expect.objectContaining({ day: '2026-10-10', reason: 'make-up', counted: true }),
      ]),
    );
    expect(dueAt).toBe((await stored(letter.id)).dueAt?.toISOString());
    expect([provisional, acts]).toEqual([false, ['withdraw']]);
  });

  it('is provisional in a year without a notice, says so, and is certain once an administrator enters it', async () => {
    at('2026-12-30T10:00');
    const [letter, early] = [await letterIn('assigned', office), await letterIn('replied', office)];
    const { page } = await opened(letter);
    expect(await page()).toContain('该年度放假安排尚未公布');
    expect((await overApi(letter))['provisional']).toBe(true);
    const [before, frozen] = [await stored(letter.id), await stored(early.id)];
    setClock();
    const { browser } = visitor(app.base);
    const { name, value } = await staffCookie(office.administrator.id);
    browser.setCookie(name, value);
    await browser.open('/office/calendar?year=2027');
    // An invented notice: New Year to the 5th, so that the deadline must move
    const text = '元旦：1月1日至5日放假。\n春节：2月5日至11日放假调休，共7天。1月31日（周日）上班。';
    expect((await browser.send('/office/calendar', { year: '2027', text })).status).toBe(303);
    await runDueJobs();
    at('2026-12-30T10:40');
    const after = await stored(letter.id);
    expect([before.dueAt, after.dueAt]).toEqual([
      new Date('2027-01-11T17:00:00+08:00'),
      new Date('2027-01-13T17:00:00+08:00'),
    ]);
    expect(await page()).not.toContain('该年度放假安排尚未公布');
    expect(await page()).toContain('元旦放假，不计');
    // What has ended keeps the deadline it had
    expect((await stored(early.id)).clocks).toEqual(frozen.clocks);
  });
});

describe('what the writer can do', () => {
  it('is said at the top and in the API: nothing, answer, rate, ask again', async () => {
    at('2026-11-16T10:00');
    const letter = await letterIn('assigned', office);
    const { page } = await opened(letter);
    await act.askWriter(office.handler, { letterId: letter.id, text: '请补充楼号。' });
    expect((await overApi(letter))['acts']).toEqual(['supplement', 'withdraw']);
    expect(await page()).toContain('href="#supplement"');
    const { number, code, writer } = letter;
    await act.supplementLetter(writer, { number, code, text: '三号楼' });
    await act.submitForSignOff(office.handler, { letterId: letter.id, text: replyText });
    await act.signOff(office.head, { letterId: letter.id });
    await act.releaseReply(office.clerk, { letterId: letter.id });
    expect((await overApi(letter))['acts']).toEqual(['rate']);
    await act.rateLetter(writer, { number, code, satisfaction: 'dissatisfied', solved: 'no', reason: '没有人来过' });
    expect((await overApi(letter))['acts']).toEqual(['ask-rehandling']);
    expect(await page()).toContain('没有人来过');
    await act.requestRehandling(writer, { number, code, reason: '没有人来过现场' });
    expect(await page()).toContain('正在研究您的重办申请');
    expect((await overApi(letter))['acts']).toEqual([]);
  });
});

it('the front page says whether the city answers, with what each figure is made of', async () => {
  at('2026-12-30T11:00');
  const { text } = await visitor(app.base).open('/');
  expect(text).toMatch(/应答复 \d+ 件，已答复 \d+ 件/);
  expect(text).toContain('href="/statistics"');
});
