import { beforeAll, expect, it } from '@jest/globals';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { roomKind } from '../../src/interview/room.ts';
import { roomView } from '../../src/live/index.ts';
import { useApp } from '../support/app.ts';
import { ask, askPublished, makeInterview, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let live: TestInterview;
let host: Visitor;
beforeAll(async () => {
  live = await makeInterview('live');
  host = await hostOf(live);
});

async function hostOf(interview: TestInterview): Promise<Visitor> {
  const visitor = new Visitor(app.base);
  const { name, value } = await staffCookie(interview.people.host.id);
  visitor.setCookie(name, decodeURIComponent(value));
  return visitor;
}
const deskOf = (interview: TestInterview) => `/office/interviews/${interview.id}/hosting`;

it('pauses, hides, shows and extends from the desk by plain forms', async () => {
  const questionId = await askPublished(live);
  const { html, status } = await host.open(deskOf(live));
  expect(status).toBe(200);
  for (const act of ['pause', 'resume', 'extend', `${questionId}/hide`]) expect(html).toContain(`/hosting/${act}"`);
  expect((await host.send(`${deskOf(live)}/pause`)).status).toBe(303);
  const visitor = new Visitor(app.base);
  expect((await visitor.open(`/interviews/${live.id}`)).html).toContain('主持人暂停了提问和支持');
  const text = '暂停的时候我想问一个问题，可以吗？';
  const asked = await visitor.send(`/interviews/${live.id}/questions`, { text, formKey: 'paused-form-1' });
  expect([asked.status, (await asked.text()).includes(text)]).toEqual([409, true]);
  await host.open(deskOf(live));
  expect((await host.send(`${deskOf(live)}/resume`)).status).toBe(303);
  expect((await host.send(`${deskOf(live)}/${questionId}/hide`)).status).toBe(303);
  expect((await visitor.open(`/interviews/${live.id}`)).html).not.toContain(`id="question-${questionId}"`);
  expect((await host.send(`${deskOf(live)}/${questionId}/show`)).status).toBe(303);
  expect((await visitor.open(`/interviews/${live.id}`)).html).toContain(`id="question-${questionId}"`);
  expect((await host.send(`${deskOf(live)}/extend`, { minutes: '20' })).status).toBe(303);
  expect((await host.send(`${deskOf(live)}/extend`, { minutes: 'many' })).status).toBe(422);
  expect((await roomView(roomKind, live.id, 'public')).rows.find(({ id }) => id === 'phase')).toMatchObject({
    paused: false,
  });
});

it('shows what is missing before the start', async () => {
  const announced = await makeInterview('announced');
  await ask(announced.id);
  const { html } = await (await hostOf(announced)).open(deskOf(announced));
  expect(html).toContain('有审核员');
  expect(html).toContain('还没有公开的问题');
  expect(html).toContain('还有问题等待审核');
});

it('fills a wall: topic, what is answered, a code to scan, nothing to click', async () => {
  const questionId = await askPublished(live, undefined, '大屏上能看清这个问题吗，后排的人呢？');
  await setStage(live.people.host, { interviewId: live.id, questionId });
  const { html, status } = await new Visitor(app.base).open(`/interviews/${live.id}/screen`);
  expect(status).toBe(200);
  expect(html).toContain('大屏上能看清这个问题吗');
  expect(html).toContain(`/interviews/${live.id}/code.svg`);
  expect(html).not.toMatch(/<(a|button|form|input)[ >]/);
  const draft = await makeInterview('draft');
  expect((await new Visitor(app.base).open(`/interviews/${draft.id}/screen`)).status).toBe(404);
});
