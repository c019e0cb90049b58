import { beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/id.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { askPublished, makeInterview, type TestInterview } from '../support/interview.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let live: TestInterview;
let liked: string;
beforeAll(async () => {
  live = await makeInterview('live');
  liked = await askPublished(live);
  await storeSetting('interview.questions-per-person', 100, 'test');
  await storeSetting('web.limit-interview-support-person', 10, 'test');
});

const deeds = {
  'interview.ask': () => ({ text: '请问什么时候修好路灯，天黑看不见？', formKey: newId(16) }),
  'interview.support': () => ({ questionId: liked }),
};

it.each(Object.entries(deeds))('who floods %s is slowed alone, at every door', async (name, input) => {
  const [flooder, bystander] = [new Visitor(app.base), new Visitor(app.base)];
  const act = async (visitor: Visitor) =>
    (await visitor.call('/live/act', { name, input: { ...input(), interviewId: live.id } })).status;
  const statuses: number[] = [];
  for (let n = 0; n < 14; n += 1) {
    statuses.push(await act(flooder));
    // Somebody else at the same address is served in the middle of it
    if (n === 9) expect(await act(bystander)).toBe(200);
  }
  expect(statuses[0]).toBe(200);
  expect(statuses.at(-1)).toBe(429);
  expect(await act(bystander)).toBe(200);
  const form = await flooder.send(`/interviews/${live.id}/questions`, deeds['interview.ask']());
  expect(form.status).toBe(name === 'interview.ask' ? 429 : 303);
});
