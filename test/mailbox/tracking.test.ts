import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/kernel/actor.ts';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { features } from '../../src/features.ts';
import { declareJobs, runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { guestActor, makeCitizen } from '../support/identity.ts';
import { ask, makeInterview } from '../support/interview.ts';
import { visitor } from '../support/letterVisitor.ts';
import { letterIn, makeOffice, replyText, stored, writeLetter, type Office, type Written } from '../support/mailbox.ts';
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
    expect(await page()).toContain('本站还没有录入该年度的放假安排');
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
    expect(await page()).not.toContain('本站还没有录入该年度的放假安排');
    expect(await page()).toContain('元旦放假，不计');
    // As was promised, the page says that it moved, and from where
    expect(await page()).toContain('原定');
    expect(await page()).toContain('因放假安排变动，期限顺延');
    expect(after.trail.at(-1)).toMatchObject({ verb: 'move-deadline', by: { kind: 'system' } });
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

describe('dates on the page', () => {
  /** Every deadline as it is folded: its name, how it stands, and what the date is. */
  const clocksOf = (html: string) =>
    [...(html.split('id="contact"')[0] ?? '').matchAll(/<details class="clock"><summary>(.*?)<\/summary>/gs)]
      .map(([, text = '']) =>
        text
          .replace(/<[^>]+>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      )
      .filter((text) => !text.startsWith('修改'));

  it('are the day it was done where it is done, and a deadline where it runs, in the order of events', async () => {
    at('2026-11-16T10:00');
    const letter = await letterIn('assigned', office);
    at('2026-11-17T10:00');
    await act.askWriter(office.handler, { letterId: letter.id, text: '请补充楼号。' });
    const waiting = await (await opened(letter)).page();
    expect(waiting).toContain('<dd>等您补充');
    const { number, code, writer } = letter;
    at('2026-11-18T10:00');
    await act.supplementLetter(writer, { number, code, text: '三号楼' });
    const [accept = '', assign = '', answer = '', supplement = ''] = clocksOf(await (await opened(letter)).page());
    expect(accept).toMatch(/^决定是否受理 按时完成 完成于 .*11月16日/);
    expect(assign).toMatch(/^确定承办单位 按时完成 完成于 .*11月16日/);
    expect(answer).toMatch(/^答复您 计时中 最迟 /);
    expect(supplement).toMatch(/^等您补充 您已补充 完成于 .*11月18日/);
  });

  it('of a letter that was withdrawn are no achievement of the city', async () => {
    at('2026-11-16T10:00');
    const letter = await letterIn('submitted', office);
    await act.withdrawLetter(letter.writer, { number: letter.number, code: letter.code });
    const page = await (await opened(letter)).page();
    expect(page).toContain('<dd>不再办理');
    expect(clocksOf(page)).toEqual([expect.stringMatching(/^决定是否受理 已停止 结束于/)]);
  });

  it('say until when one may rate and ask again, and what was said once is filled in', async () => {
    at('2026-11-16T10:00');
    const letter = await letterIn('replied', office);
    const { page } = await opened(letter);
    expect(await page()).toMatch(/评价截止： <b><time/);
    expect(await page()).toContain('可以申请重新办理一次');
    const { number, code, writer } = letter;
    await act.rateLetter(writer, {
      number,
      code,
      satisfaction: 'dissatisfied',
      solved: 'no',
      reason: '没有人来过现场',
    });
    expect(await page()).toMatch(/<textarea[^>]*name="reason"[^>]*>\s*没有人来过现场/);
  });
});

it('a citizen finds their letters and questions on the account page, a visitor the questions of this device', async () => {
  const citizen = await makeCitizen();
  const written = await writeLetter({}, citizen);
  const interview = await makeInterview('live');
  const asker = guestActor();
  await ask(interview.id, asker, '三号楼的供水管网什么时候改造？');
  const mine = async (actor: Actor) =>
    (await Promise.all(features.flatMap((feature) => feature.mine?.(actor) ?? []))).flatMap(({ rows }) => rows);
  expect(await mine(citizen)).toEqual([
    expect.objectContaining({ href: `/letters/track/${written.number}`, about: written.number }),
  ]);
  expect(await mine(asker)).toEqual([
    expect.objectContaining({ href: `/interviews/${interview.id}#mine`, title: '三号楼的供水管网什么时候改造？' }),
  ]);
  const { text } = await visitor(app.base).open('/account');
  for (const words of ['我的提问', '我的来信', 'href="/letters/new"', 'href="/letters/track"', 'href="/letters"']) {
    expect(text).toContain(words);
  }
});

it('the front page says whether the city answers, with what each figure is made of', async () => {
  at('2026-12-30T11:00');
  const { text } = await visitor(app.base).open('/');
  expect(text).toMatch(/应答复 \d+ 件，已答复 \d+ 件/);
  expect(text).toContain('href="/statistics"');
});
