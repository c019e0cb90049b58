import { beforeAll, expect, it } from '@jest/globals';
import { assignRole } from '../../src/interview/actions/assignRole.ts';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { passQuestion } from '../../src/interview/actions/passQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { findInterview, InterviewModel } from '../../src/interview/interviewModel.ts';
import { roomKind } from '../../src/interview/room.ts';
import { newId } from '../../src/kernel/id.ts';
import { roomView } from '../../src/live/index.ts';
import { useApp } from '../support/app.ts';
import { ask, askPublished, makeInterview, system, type TestInterview } from '../support/interview.ts';
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
  expect(html).toMatch(/<details class="confirm">[^]*所有人马上看到新的结束时间[^]*hosting\/extend"/);
  const { plannedMinutes } = await findInterview(live.id);
  expect((await host.send(`${deskOf(live)}/extend`, { minutes: '-10' })).status).toBe(303);
  expect((await findInterview(live.id)).plannedMinutes).toBe(plannedMinutes - 10);
  await InterviewModel.updateOne({ _id: live.id }, { $set: { plannedMinutes: 5, startsAt: new Date() } });
  const tooShort = await host.send(`${deskOf(live)}/extend`, { minutes: '-10' });
  expect([tooShort.status, (await tooShort.text()).includes('结束时间就已经过了')]).toEqual([422, true]);
  await InterviewModel.updateOne({ _id: live.id }, { $set: { plannedMinutes } });
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
  expect(html).toContain('还有 1 个问题等待审核');
  expect(html).toContain('没有账号，也没有人代为答复：高敏');
});

it('asks before the start, with the planned time, and takes a start back while nothing has come out', async () => {
  const room = await makeInterview('announced', '误开播怎么办');
  const person = await hostOf(room);
  const { html } = await person.open(deskOf(room));
  expect(html).toMatch(/<details class="confirm">[^]*现在就开播吗[^]*hosting\/start"/);
  await person.send(`${deskOf(room)}/start`);
  expect((await person.open(deskOf(room))).html).toContain('误开播了');
  expect((await person.send(`${deskOf(room)}/unstart`)).status).toBe(303);
  expect(await findInterview(room.id)).toMatchObject({ state: 'announced', startedAt: null });
  expect((await new Visitor(app.base).open(`/interviews/${room.id}`)).html).not.toContain('class="badge-live"');

  await person.open(deskOf(room));
  await person.send(`${deskOf(room)}/start`);
  await addTurn(system, { interviewId: room.id, speakerId: 'host', text: '各位好。', formKey: newId(16) });
  const late = await person.send(`${deskOf(room)}/unstart`);
  expect([late.status, (await late.text()).includes('不能退回预告了')]).toEqual([409, true]);
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

it('lists what is missing before the close, each with the place where it is seen to', async () => {
  const room = await makeInterview('live', '结束前看一看');
  const named = { interviewId: room.id };
  const onStage = await askPublished(room);
  const passed = await askPublished(room);
  await passQuestion(room.people.screener, { ...named, questionId: passed, to: `guest:${room.guestId}` });
  await ask(room.id);
  await setStage(room.people.host, { ...named, questionId: onStage });
  const visitor = await hostOf(room);
  const missing = async () => {
    const { html } = await visitor.open(deskOf(room));
    return /<div id="host-closing">([\s\S]*?)<details/.exec(html)?.[1] ?? '';
  };
  const list = await missing();
  for (const words of ['正在回答的问题还没有答复', '已转交、还没有答复：1 个', '还没有审核：1 个', '实录还是空的']) {
    expect(list).toContain(words);
  }
  expect(list).toContain('请告诉审核员 screener甲');
  expect(list).toContain('请告诉文字实录员 recorder甲');
  // Nothing leads a host to a desk that does not open for them, nor to a public page instead
  expect([...list.matchAll(/href="(?!#question-)/g)]).toEqual([]);
  expect(list).toContain(`href="#question-${onStage}"`);
  expect(list).toContain(`href="#question-${passed}"`);
  const turn = { ...named, speakerId: 'host', text: '预录的一段。', hold: 'on', formKey: newId(16) };
  await addTurn(room.people.recorder, turn);
  expect(await missing()).toContain('预录的发言还没有发布：1 段');
  const answer = { ...named, questionId: onStage, guestId: room.guestId, version: 0 };
  await publishAnswer(room.people.guest, { ...answer, text: '已经安排。' });
  expect(await missing()).not.toContain('正在回答的问题还没有答复');
  const { host } = room.people;
  for (const role of ['screener', 'recorder']) await assignRole(system, { ...named, role, personId: host.id });
  const own = await missing();
  for (const desk of ['screening', 'recording']) expect(own).toContain(`href="/office/interviews/${room.id}/${desk}"`);
  expect(own).not.toContain('请告诉');
});

it('says after the close what comes next, and takes nothing more into an order', async () => {
  const closed = await makeInterview('live');
  await askPublished(closed);
  await closeInterview(system, { interviewId: closed.id });
  const { html } = await (await hostOf(closed)).open(deskOf(closed));
  const page = html.replace(/<script[^]*?<\/script>/g, '');
  expect(page).toContain('直播结束了，接下来');
  expect(page).toMatch(/<ol><li>[^]*归档/);
  for (const act of ['next', 'start', 'close', 'extend']) expect(page).not.toContain(`${act}" data-act`);
  expect(page).not.toContain('排入接下来');
});
