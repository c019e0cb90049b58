import { describe, expect, it } from '@jest/globals';
import { askQuestion } from '../../src/interview/actions/askQuestion.ts';
import { revokeRole } from '../../src/interview/actions/assignRole.ts';
import { extendInterview } from '../../src/interview/actions/extendInterview.ts';
import { hideQuestion, showQuestion } from '../../src/interview/actions/hideQuestion.ts';
import { pauseRoom, resumeRoom } from '../../src/interview/actions/pauseRoom.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { setStage } from '../../src/interview/actions/setStage.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { roomKind } from '../../src/interview/room.ts';
import { readiness } from '../../src/interview/readiness.ts';
import { newId } from '../../src/kernel/id.ts';
import { enterRoom, roomView, type Member } from '../../src/live/index.ts';
import { guestActor } from '../support/identity.ts';
import { ask, askPublished, makeInterview, outcome, system } from '../support/interview.ts';
import { useLiveInterview } from '../support/liveInterview.ts';
import { until } from '../support/until.ts';

const live = useLiveInterview();

const rowOf = async (id: string, audience: 'public' | 'desk' = 'public') =>
  (await roomView(roomKind, live.id, audience)).rows.find((row) => row.id === id);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('who may use the brake', () => {
  const inLive = () => ({ interviewId: live.id });
  it.each(['screener', 'recorder', 'guest'] as const)('not the %s', async (role) => {
    for (const act of [pauseRoom, resumeRoom]) {
      expect(await outcome(act(live.people[role], inLive()))).toBe('forbidden interview.errors.not-your-role');
    }
    const questionId = await askPublished(live);
    for (const act of [hideQuestion, showQuestion]) {
      const refused = outcome(act(live.people[role], { ...inLive(), questionId }));
      expect(await refused).toBe('forbidden interview.errors.not-your-role');
    }
    const more = outcome(extendInterview(live.people[role], { ...inLive(), minutes: 10 }));
    expect(await more).toBe('forbidden interview.errors.not-your-role');
  });

  it('not a visitor', async () => {
    expect(await outcome(pauseRoom(guestActor(), inLive()))).toBe('forbidden interview.errors.not-your-role');
  });

  it.each(['host', 'director'] as const)('the %s', async (role) => {
    expect(await outcome(pauseRoom(live.people[role], inLive()))).toBe('done');
    expect(await outcome(resumeRoom(live.people[role], inLive()))).toBe('done');
  });
});

describe('a paused room', () => {
  it('takes no question and no support, says so, and takes them again afterwards', async () => {
    const questionId = await askPublished(live);
    await pauseRoom(live.people.host, { interviewId: live.id });
    expect(await rowOf('phase')).toMatchObject({ paused: true, state: 'live' });
    const words = { interviewId: live.id, text: '暂停的时候还能不能提问呢？', formKey: newId(16) };
    expect(await outcome(askQuestion(guestActor(), words))).toBe('conflict interview-host.paused-to-questions');
    const support = () => outcome(supportQuestion(guestActor(), { interviewId: live.id, questionId }));
    expect(await support()).toBe('conflict interview-host.paused-to-supports');
    await resumeRoom(live.people.host, { interviewId: live.id });
    expect(await rowOf('phase')).toMatchObject({ paused: false });
    expect(await support()).toBe('done');
    expect(await outcome(ask(live.id))).toBe('done');
  });
});

describe('a hidden question', () => {
  it('leaves every screen and the stage, and comes back as it was', async () => {
    const asker = guestActor();
    const questionId = await askPublished(live, asker);
    const which = { interviewId: live.id, questionId };
    const answer = { ...which, guestId: live.guestId, text: '已经列入明年的计划。', version: 0 };
    await publishAnswer(live.people.guest, answer);
    await setStage(live.people.host, which);
    await hideQuestion(live.people.host, which);
    expect((await rowOf(questionId))?.text).toBeUndefined();
    expect(await rowOf('stage')).toMatchObject({ question: null });
    expect(JSON.stringify((await roomView(roomKind, live.id, 'public')).rows)).not.toContain('已经列入明年的计划');
    expect(await rowOf(questionId, 'desk')).toMatchObject({ state: 'hidden' });
    const refused = outcome(supportQuestion(guestActor(), which));
    expect(await refused).toBe('not-found interview.errors.question-not-found');
    await showQuestion(live.people.host, which);
    expect(await rowOf(questionId)).toMatchObject({ state: 'answered', answers: [{ text: '已经列入明年的计划。' }] });
  });

  it('was public before: one that waits cannot be hidden', async () => {
    const which = { interviewId: live.id, questionId: await ask(live.id) };
    expect(await outcome(hideQuestion(live.people.host, which))).toBe('conflict interview.errors.already-decided');
  });
});

it('a longer hour is told to everyone, up to ten hours', async () => {
  const before = String((await rowOf('phase'))?.['endsAt']);
  await extendInterview(live.people.host, { interviewId: live.id, minutes: 20 });
  const after = String((await rowOf('phase'))?.['endsAt']);
  expect(Date.parse(after) - Date.parse(before)).toBe(20 * 60_000);
  await InterviewModel.updateOne({ _id: live.id }, { $set: { plannedMinutes: 590 } });
  const more = outcome(extendInterview(live.people.host, { interviewId: live.id, minutes: 20 }));
  expect(await more).toMatch(/^invalid/);
});

describe('connections', () => {
  const member = (personId: string, ended: string[]): Member => ({
    personId,
    send: () => undefined,
    end: () => ended.push(personId),
  });

  it('at the desks end with the role, those of others and of the public stay', async () => {
    const ended: string[] = [];
    const { screener, recorder } = live.people;
    const enter = (actor: typeof screener, audience: string, list: string[]) =>
      enterRoom(actor, member(actor.id, list), { kind: roomKind, id: live.id, audience });
    const watching: string[] = [];
    await enter(screener, 'desk', ended);
    await enter(recorder, 'desk', ended);
    await enter(screener, 'public', watching);
    await revokeRole(system, { interviewId: live.id, role: 'screener', personId: screener.id });
    expect(ended).toEqual([screener.id]);
    expect(watching).toEqual([]);
    expect(await outcome(enter(screener, 'desk', []))).toBe('forbidden interview.errors.not-your-role');
  });

  it('are counted at their highest while live', async () => {
    const room = await makeInterview('live');
    const places = [];
    for (let index = 0; index < 5; index += 1) {
      const visitor = guestActor();
      places.push(
        await enterRoom(visitor, member(visitor.id, []), { kind: roomKind, id: room.id, audience: 'public' }),
      );
    }
    await ask(room.id); // brings a beat
    const peak = async () => (await InterviewModel.findById(room.id).lean())?.peakOnline;
    await until(async () => (await peak()) === 5);
    for (const place of places) place.leave();
    await ask(room.id);
    await sleep(600);
    expect(await peak()).toBe(5);
  });
});

it('the check list names what is missing', () => {
  const guests = [{ id: 'a', name: '林', title: '', personId: null }];
  const empty = readiness({ roles: [], guests, summary: '' }, { published: 0, waiting: 2 });
  expect(empty.filter(({ met }) => met)).toEqual([]);
  const roles = (['host', 'screener', 'recorder', 'guest'] as const).map((role) => ({
    role,
    personId: role,
    name: '',
  }));
  const ready = readiness({ roles, guests, summary: '谈谈' }, { published: 3, waiting: 0 });
  expect(ready.filter(({ met }) => !met)).toEqual([]);
});
