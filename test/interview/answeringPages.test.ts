import { beforeAll, expect, it } from '@jest/globals';
import { passQuestion } from '../../src/interview/actions/passQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { agreeToAnswer } from '../../src/interview/actions/cosignAnswer.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { rejectQuestion } from '../../src/interview/actions/rejectQuestion.ts';
import { approveAnswer } from '../../src/interview/actions/reviewAnswer.ts';
import { setAnswerReview } from '../../src/interview/actions/setAnswerReview.ts';
import { questionsBy } from '../../src/interview/queries.ts';
import { findInterview } from '../../src/interview/interviewModel.ts';
import { ownRows } from '../../src/interview/ownRows.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { useApp } from '../support/app.ts';
import { guestActor } from '../support/identity.ts';
import { ask, askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let live: TestInterview;
let guest: Visitor;
const answer = (questionId: string, guestId: string, text: string) =>
  publishAnswer(system, { interviewId: live.id, questionId, guestId, text, version: 0 });
const desk = (query = '') => `/office/interviews/${live.id}/answering${query}`;
const rowsIn = (html: string) => [...html.matchAll(/data-row="([^"]+)"/g)].map(([, id]) => id).sort();

beforeAll(async () => {
  live = await makeInterview('live');
  guest = new Visitor(app.base);
  const { name, value } = await staffCookie(live.people.guest.id);
  guest.setCookie(name, decodeURIComponent(value));
});

it('lets a guest see what is open, what is theirs and what is answered, with the number of each', async () => {
  const [open, passed, own, colleague] = [
    await askPublished(live),
    await askPublished(live),
    await askPublished(live),
    await askPublished(live),
  ];
  await passQuestion(system, { interviewId: live.id, questionId: passed, to: `guest:${live.guestId}` });
  await answer(own, live.guestId, '已经列入明年的计划。');
  await answer(colleague, live.secondGuestId, '由我们处负责，已经开工。');
  const { html } = await guest.open(desk());
  const counts = Object.fromEntries(
    [...html.matchAll(/data-list-count="(\w+)">(\d+)/g)].map(([, list, count]) => [list, Number(count)]),
  );
  expect(counts).toEqual({ all: 4, open: 2, mine: 1, answered: 2 });
  expect(rowsIn((await guest.open(desk('?list=open'))).html)).toEqual([open, passed].sort());
  expect(rowsIn((await guest.open(desk('?list=mine'))).html)).toEqual([passed]);
  const answered = (await guest.open(desk('?list=answered'))).html;
  expect(rowsIn(answered)).toEqual([own, colleague].sort());
  // What a colleague has answered does not call for this guest any more
  expect(answered.replace(/<script[^]*?<\/script>/g, '')).not.toContain('您还没答复');
  expect(answered).toContain(`data-count-of="answer-${own}"`);
});

it('tells those who sign a joint answer that a reviewer changed the words they agreed to, and shows both', async () => {
  await setAnswerReview(system, { interviewId: live.id, review: 'on' });
  const id = await askPublished(live);
  await passQuestion(system, {
    interviewId: live.id,
    questionId: id,
    to: `guest:${live.secondGuestId}`,
    jointly: [live.guestId],
  });
  await answer(id, live.secondGuestId, '大概明年开工。');
  const which = async () => {
    const found = (await QuestionModel.findById(id).lean())?.answers[0];
    return { interviewId: live.id, questionId: id, answerId: found?.id ?? '', version: found?.pending?.version ?? 0 };
  };
  await agreeToAnswer(live.people.guest, { ...(await which()), guestId: live.guestId });
  await approveAnswer(live.people.reviewer, { ...(await which()), text: '依据年度计划，明年六月开工。' });
  const html = (await guest.open(desk())).html.replace(/<script[^]*?<\/script>/g, '');
  expect(html).toContain('审核人改了几处文字，请您再看一遍');
  expect(html).toContain('大概明年开工。');
  expect(html).toContain('依据年度计划，明年六月开工。');
  await setAnswerReview(system, { interviewId: live.id, review: 'off' });
});

it('sends who asked what was answered already to the answers, and after the close to the mailbox', async () => {
  const asker = guestActor();
  const id = await ask(live.id, asker);
  await rejectQuestion(system, { interviewId: live.id, questionId: id, reason: 'answered-already' });
  const next = async () =>
    (await ownRows(await questionsBy(asker, live.id), await findInterview(live.id)))[0]?.['next'];
  expect(await next()).toBe('rejected');
  await closeInterview(system, { interviewId: live.id });
  expect(await next()).toBe('rejected-over');
});
