import { beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/id.ts';
import { useApp } from '../support/app.ts';
import { askPublished, makeInterview, type TestInterview } from '../support/interview.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let live: TestInterview;
let others: Visitor[];
let flooder: Visitor;

async function visitor(): Promise<Visitor> {
  const one = new Visitor(app.base);
  await one.open(`/interviews/${live.id}`);
  return one;
}
beforeAll(async () => {
  live = await makeInterview('live');
  flooder = await visitor();
  others = await Promise.all(Array.from({ length: 5 }, visitor));
});

const ask = (by: Visitor) =>
  by.call('/live/act', {
    name: 'interview.ask',
    input: { interviewId: live.id, text: `什么时候修好这条路？${newId()}`, formKey: newId(16) },
  });
const support = (by: Visitor, questionId: string) =>
  by.call('/live/act', { name: 'interview.support', input: { interviewId: live.id, questionId } });

const tally = (answers: { status: number }[]) => {
  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  return { taken: count(200), slowed: count(429), other: answers.length - count(200) - count(429) };
};

it('slows a person who floods questions, and takes those of everybody else at the same time', async () => {
  const flood = Promise.all(Array.from({ length: 40 }, () => ask(flooder)));
  const rest = await Promise.all(others.map(ask));
  expect(tally(rest)).toEqual({ taken: 5, slowed: 0, other: 0 });
  expect(tally(await flood)).toEqual({ taken: 6, slowed: 34, other: 0 }); // web.limit-interview-ask-person
  const form = await flooder.send(`/interviews/${live.id}/questions`, { text: '路灯什么时候修？', formKey: newId(16) });
  expect(form.status).toBe(429);
});

it('slows a person who floods supports, and takes those of everybody else at the same time', async () => {
  const questionId = await askPublished(live);
  const flood = Promise.all(Array.from({ length: 100 }, () => support(flooder, questionId)));
  const rest = await Promise.all(others.map((by) => support(by, questionId)));
  expect(tally(rest)).toEqual({ taken: 5, slowed: 0, other: 0 });
  expect(tally(await flood)).toEqual({ taken: 60, slowed: 40, other: 0 }); // web.limit-interview-support-person
  const { body } = await support(others[0] as Visitor, questionId);
  expect(body).toMatchObject({ value: { supports: 6, already: true } });
});
