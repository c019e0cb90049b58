import { beforeEach, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import { linkGuest } from '../../src/identity/following.ts';
import { askQuestion } from '../../src/interview/actions/askQuestion.ts';
import { banAsker } from '../../src/interview/bans/banAsker.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { interviewRoom } from '../../src/interview/room.ts';
import { newId } from '../../src/kernel/id.ts';
import { roomView } from '../../src/live/index.ts';
import { useApp } from '../support/app.ts';
import { guestActor, makeCitizen } from '../support/identity.ts';
import { ask, askPublished, makeInterview, outcome, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let live: TestInterview;
beforeEach(async () => {
  live = await makeInterview('live');
});
const question = (text = '请问什么时候修好路灯，天黑看不见？') => ({ interviewId: live.id, text, formKey: newId(16) });
const call = (visitor: Visitor, name: string, input: object) => visitor.call('/live/act', { name, input });
const desk = (name: string) => `/office/interviews/${live.id}/${name}`;

async function official(role: 'screener' | 'host'): Promise<Visitor> {
  const one = new Visitor(app.base);
  const { name, value } = await staffCookie(live.accounts[role].id);
  one.setCookie(name, value);
  return one;
}

/** A visitor who asked `count` questions; gives them with the ids. */
async function noisy(count: number) {
  const visitor = new Visitor(app.base);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { body } = await call(visitor, 'interview.ask', question(`加微信领红包，第 ${n} 次告诉大家`));
    ids.push((body as { value: { id: string } }).value.id);
  }
  return { visitor, ids };
}

async function overSocket(visitor: Visitor, input: object): Promise<unknown> {
  const socket = io(app.base, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie: visitor.cookie },
  });
  try {
    await new Promise<void>((resolve) => socket.on('connect', resolve));
    return await socket.emitWithAck('act', 'interview.ask', input);
  } finally {
    socket.disconnect();
  }
}

describe('a ban', () => {
  it('stops one person at every door with the reason, and nobody else; what waits goes in one go', async () => {
    const liked = await askPublished(live);
    const { visitor, ids } = await noisy(3);
    const screener = await official('screener');
    await screener.open(desk('screening'));
    const form = { reason: 'advertising', note: '请停止发布', rejectWaiting: 'true' };
    expect((await screener.send(`${desk('screening')}/${ids[0]}/ban`, form)).status).toBe(303);

    const reason = '因为反复发布广告，您在本场访谈中不能再提问和支持，仍可继续阅读。请停止发布';
    const refusal = { error: { code: 'forbidden', message: reason } };
    expect(await call(visitor, 'interview.ask', question())).toMatchObject({ status: 403, body: refusal });
    const wish = { interviewId: live.id, questionId: liked };
    expect(await call(visitor, 'interview.support', wish)).toMatchObject({ status: 403, body: refusal });
    expect(await overSocket(visitor, question())).toMatchObject({ ok: false, ...refusal });
    const page = await visitor.open(`/interviews/${live.id}`);
    expect(page.html).toContain(reason);
    expect(page.html).toMatch(/<form[^>]+id="ask-form"[^>]* hidden/);
    const { text, formKey } = question();
    expect((await visitor.send(`/interviews/${live.id}/questions`, { text, formKey })).status).toBe(403);
    const stored = await QuestionModel.find({ _id: { $in: ids } }).lean();
    expect(stored.map(({ state, rejection }) => [state, rejection?.reason])).toEqual(
      ids.map(() => ['rejected', 'banned']),
    );
    const bystander = new Visitor(app.base);
    expect((await call(bystander, 'interview.ask', question())).status).toBe(200);
    expect((await call(bystander, 'interview.support', wish)).status).toBe(200);
  });

  it('is seen at the desks without telling who it is, on the trail, and lifted by the host', async () => {
    const { visitor, ids } = await noisy(1);
    const host = await official('host');
    await banAsker(live.people.screener, { interviewId: live.id, questionId: ids[0], reason: 'flooding' });
    const personId = String((await QuestionModel.findById(ids[0]).lean())?.askerId);
    const view = JSON.stringify((await roomView('interview', live.id, 'desk')).rows);
    expect(view).toContain('flooding');
    expect(view).not.toContain(personId);
    expect(JSON.stringify((await roomView('interview', live.id, 'public')).rows)).not.toContain('flooding');
    const { html } = await host.open(desk('hosting'));
    expect(html).toContain('反复提交相同或无意义的内容');
    expect(html).not.toContain(personId);
    const banId = /name="banId" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect((await host.send(`${desk('hosting')}/lift-ban`, { banId })).status).toBe(303);
    expect((await call(visitor, 'interview.ask', question())).status).toBe(200);
    const { trail } = (await InterviewModel.findById(live.id).lean()) as { trail: { verb: string; note?: string }[] };
    const told = trail.filter(({ verb }) => /ban/.test(verb));
    expect(told.map(({ verb }) => verb)).toEqual(['ban', 'lift-ban']);
    expect(JSON.stringify(told)).not.toContain(personId);
  });

  it('reaches the person’s open page at once, and goes from it when lifted', async () => {
    const guest = guestActor();
    const questionId = await ask(live.id, guest);
    const own = async () => (await interviewRoom.personal?.(guest, live.id))?.find(({ kind }) => kind === 'ban');
    expect(await own()).toBeUndefined();
    await banAsker(live.people.host, { interviewId: live.id, questionId, reason: 'attacks' });
    expect(await own()).toMatchObject({ reason: 'attacks' });
    expect(await outcome(banAsker(live.people.host, { interviewId: live.id, questionId, reason: 'attacks' }))).toBe(
      'conflict interview-guard.already-banned',
    );
  });

  it('stays with a visitor who proves an address, and is of one interview only', async () => {
    const [guest, citizen] = [guestActor(), await makeCitizen()];
    const questionId = await ask(live.id, guest);
    await banAsker(live.people.host, { interviewId: live.id, questionId, reason: 'other', note: '请文明提问' });
    await linkGuest(guest.id, citizen.id);
    const banned = 'forbidden interview-guard.banned.other';
    expect(await outcome(askQuestion(citizen, question()))).toBe(banned);
    expect(await outcome(askQuestion(guest, question()))).toBe(banned);
    const other = await makeInterview('live');
    expect(await outcome(ask(other.id, guest))).toBe('done');
  });

  it.each([
    ['a reason that is none', { reason: 'dislike' }, 'invalid errors.invalid'],
    ['another reason without words', { reason: 'other' }, 'invalid errors.invalid'],
    ['a question that is not here', { questionId: newId(), reason: 'attacks' }, 'not-found'],
  ])('refuses %s', async (_what, given, expected) => {
    const questionId = await ask(live.id);
    const input = { interviewId: live.id, questionId, ...given };
    expect(await outcome(banAsker(live.people.screener, input))).toContain(expected);
  });

  it.each(['guest', 'recorder'] as const)('is not the %s’s to give', async (role) => {
    const input = { interviewId: live.id, questionId: await ask(live.id), reason: 'attacks' };
    expect(await outcome(banAsker(live.people[role], input))).toBe('forbidden interview.errors.not-your-role');
  });
});
