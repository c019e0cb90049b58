import { beforeEach, describe, expect, it } from '@jest/globals';
import { askQuestion } from '../../src/interview/actions/askQuestion.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { endGuard } from '../../src/interview/guard/endGuard.ts';
import { guardRoom, unguardRoom } from '../../src/interview/guard/guardRoom.ts';
import { forgetLooks } from '../../src/interview/guard/watchAsks.ts';
import { findInterview, InterviewModel } from '../../src/interview/interviewModel.ts';
import { newId } from '../../src/kernel/id.ts';
import { setClock } from '../../src/kernel/time.ts';
import { roomView } from '../../src/live/index.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { guestActor, makeCitizen } from '../support/identity.ts';
import { ask, askPublished, makeInterview, outcome, type TestInterview } from '../support/interview.ts';
import { solved } from '../support/proof.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let live: TestInterview;
beforeEach(async () => {
  live = await makeInterview('live');
  await storeSetting('interview.proof-of-work', null, 'test');
  await storeSetting('interview.guard-rate', 5, 'test');
  forgetLooks();
});
const work = (id = live.id) => solved(`${app.base}/interviews/${id}/challenge`);
const question = (more: object = {}) => ({
  interviewId: live.id,
  text: '请问什么时候修好路灯，天黑看不见？',
  formKey: newId(16),
  ...more,
});
const call = (visitor: Visitor, name: string, input: object) => visitor.call('/live/act', { name, input });
const phase = async () =>
  (await roomView('interview', live.id, 'desk')).rows.find(({ id }) => id === 'phase') as Record<string, unknown>;

/** Visitors ask, each another, until the room has had `count` questions. */
async function flood(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    forgetLooks();
    await ask(live.id);
  }
}

it('work for a room is given to those alone who may see it', async () => {
  const draft = await makeInterview('draft');
  const path = `/interviews/${draft.id}/challenge`;
  expect((await new Visitor(app.base).open(path)).status).toBe(404);
  const host = new Visitor(app.base);
  const { name, value } = await staffCookie(draft.people.host.id);
  host.setCookie(name, value);
  expect((await host.open(path)).status).toBe(200);
});

describe('a room that is flooded', () => {
  it('guards itself: visitors’ browsers do some work, once each, and verified citizens are not bothered', async () => {
    const before = new Visitor(app.base);
    expect((await call(before, 'interview.ask', question())).status).toBe(200);
    await flood(5);
    expect(await phase()).toMatchObject({ guarded: true });

    const visitor = new Visitor(app.base);
    const refused = await call(visitor, 'interview.ask', question());
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'proof-needed' } } });
    const proof = await work();
    expect((await call(visitor, 'interview.ask', question({ proof }))).status).toBe(200);
    expect((await call(visitor, 'interview.ask', question({ proof }))).status).toBe(403);
    expect((await call(visitor, 'interview.ask', question({ proof: 'bm9uc2Vuc2U=' }))).status).toBe(403);
    const other = await makeInterview('live');
    const foreign = await work(other.id);
    expect((await call(visitor, 'interview.ask', question({ proof: foreign }))).status).toBe(403);
    expect(await outcome(askQuestion(await makeCitizen(), question()))).toBe('done');
  });

  it('takes supports of visitors with work, which then holds for a while, for this person and room', async () => {
    const questionId = await askPublished(live);
    const second = await askPublished(live);
    await guardRoom(live.people.host, { interviewId: live.id });
    const [one, other] = [guestActor(), guestActor()];
    const wish = { interviewId: live.id, questionId };
    expect(await outcome(supportQuestion(one, wish))).toBe('proof-needed interview-guard.proof-needed');
    const { pass, supports } = await supportQuestion(one, { ...wish, proof: await work() });
    expect([typeof pass, supports]).toEqual(['string', 1]);
    expect(await supportQuestion(one, { interviewId: live.id, questionId: second, pass })).toMatchObject({
      supports: 1,
    });
    expect(await outcome(supportQuestion(other, { ...wish, pass }))).toContain('proof-needed');
    expect(await outcome(supportQuestion(await makeCitizen(), wish))).toBe('done');
  });

  it('is open again after some minutes, also on the desks', async () => {
    await flood(6);
    expect(await phase()).toMatchObject({ guarded: true });
    setClock(() => new Date(Date.now() + 11 * 60_000));
    try {
      expect(await outcome(ask(live.id) as Promise<unknown>)).toBe('done');
      await endGuard.run({ interviewId: live.id }, { attempt: 1, last: false });
      expect(await phase()).toMatchObject({ guarded: false });
      expect((await findInterview(live.id)).guard).toBeNull();
    } finally {
      setClock();
    }
  });

  it('tells a visitor without scripts what else can be done, and keeps what was typed', async () => {
    await guardRoom(live.people.screener, { interviewId: live.id });
    const visitor = new Visitor(app.base);
    const page = await visitor.open(`/interviews/${live.id}`);
    expect(page.html).toContain(`/sign-in?next&#x3D;/interviews/${live.id}`);
    const typed = question();
    const answer = await visitor.send(`/interviews/${live.id}/questions`, { text: typed.text, formKey: typed.formKey });
    const html = await answer.text();
    expect(answer.status).toBe(403);
    expect(html).toContain('用邮箱验证身份');
    expect(html).toContain(typed.text);
  });
});

describe('by hand', () => {
  it('host and screener guard and open a room from their desks; the rate does not go against them', async () => {
    for (const [desk, role] of [
      ['hosting', 'host'],
      ['screening', 'screener'],
    ] as const) {
      const official = new Visitor(app.base);
      const { name, value } = await staffCookie(live.accounts[role].id);
      official.setCookie(name, value);
      const address = `/office/interviews/${live.id}/${desk}`;
      expect((await official.open(address)).html).toContain(`${address}/guard"`);
      expect((await official.send(`${address}/guard`)).status).toBe(303);
      expect((await official.open(address)).html).toContain(`${address}/unguard"`);
      expect(await phase()).toMatchObject({ guarded: true, guardedUntil: null });
      expect((await official.send(`${address}/unguard`)).status).toBe(303);
      expect(await phase()).toMatchObject({ guarded: false });
    }
    await flood(8);
    expect(await phase()).toMatchObject({ guarded: false });
    const { trail } = (await InterviewModel.findById(live.id).lean()) as { trail: { verb: string }[] };
    expect(trail.map(({ verb }) => verb).filter((verb) => /guard/.test(verb))).toEqual([
      'guard',
      'unguard',
      'guard',
      'unguard',
    ]);
  });

  it.each(['guest', 'recorder'] as const)('the %s may not', async (role) => {
    const forbidden = 'forbidden interview.errors.not-your-role';
    expect(await outcome(guardRoom(live.people[role], { interviewId: live.id }))).toBe(forbidden);
    expect(await outcome(unguardRoom(live.people[role], { interviewId: live.id }))).toBe(forbidden);
  });
});

it.each([
  ['off', 8, false],
  ['always', 0, true],
] as const)('the setting “%s” holds whatever the rate', async (mode, questions, guarded) => {
  await storeSetting('interview.proof-of-work', mode, 'test');
  await flood(questions);
  const { status } = await call(new Visitor(app.base), 'interview.ask', question());
  expect(status).toBe(guarded ? 403 : 200);
});
