import { afterAll, describe, expect, it } from '@jest/globals';
import { copyInterview } from '../../src/interview/actions/copyInterview.ts';
import { cancelInterview, postponeInterview } from '../../src/interview/actions/putOffInterview.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { ReminderModel } from '../../src/interview/reminders/reminderModel.ts';
import { remindJob, tellChangeJob } from '../../src/interview/reminders/jobs.ts';
import { setClock } from '../../src/kernel/time.ts';
import { features } from '../../src/features.ts';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { guestActor } from '../support/identity.ts';
import { makeInterview, outcome, system } from '../support/interview.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
const jobs = features.flatMap((feature) => feature.jobs ?? []);
afterAll(() => setClock());

async function lettersTo(address: string) {
  await runDueJobs(jobs);
  return ShelvedLetterModel.find({ to: address }).sort({ at: 1 }).lean();
}

/** Signs an address up on the page; follows the link of the mail unless told not to. */
async function signUp(interviewId: string, email: string, confirm = true) {
  const visitor = new Visitor(app.base);
  expect((await visitor.open(`/interviews/${interviewId}`)).html).toContain('name="email"');
  expect((await visitor.send(`/interviews/${interviewId}/reminder`, { email })).status).toBe(303);
  const [letter] = await lettersTo(email);
  const [, link = ''] = /(\/interviews\/\w+\/reminder\/\S+)/.exec(letter?.text ?? '') ?? [];
  expect(link).not.toBe('');
  await visitor.open(link);
  if (confirm) expect((await visitor.send(link)).status).toBe(303);
}

const minutes = (count: number) => new Date(Date.now() + count * 60_000);
const later = (count: number) => setClock(() => minutes(count));

describe('a reminder', () => {
  it('sent and confirmed many times at the same moment is one wish, without a fault', async () => {
    const { id } = await makeInterview('announced');
    const visitor = new Visitor(app.base);
    await visitor.open(`/interviews/${id}`);
    const email = 'impatient@example.com';
    const atOnce = async (send: () => Promise<Response>) =>
      (await Promise.all(Array.from({ length: 3 }, send))).map(({ status }) => status);
    expect(new Set(await atOnce(() => visitor.send(`/interviews/${id}/reminder`, { email })))).toEqual(new Set([303]));
    const wishes = await ReminderModel.find({ interviewId: id }).lean();
    expect(wishes).toHaveLength(1);
    expect(await lettersTo(email)).toHaveLength(1);
    const link = `/interviews/${id}/reminder/${wishes[0]?.token}`;
    expect(new Set(await atOnce(() => visitor.send(link)))).toEqual(new Set([303]));
    expect((await visitor.open(link)).status).toBe(200);
    expect((await visitor.open(`/interviews/${id}`)).status).toBe(200);
  });

  it('goes out once before the start, to those who confirmed, and not to the others', async () => {
    const { id } = await makeInterview('announced', '提醒要在开播前到');
    await InterviewModel.updateOne({ _id: id }, { $set: { startsAt: minutes(200) } });
    await signUp(id, 'yes@example.com');
    await signUp(id, 'never@example.com', false);
    await remindJob.run({}, { attempt: 1, last: false });
    expect(await lettersTo('yes@example.com')).toHaveLength(1);
    later(150);
    for (let turn = 0; turn < 3; turn += 1) await remindJob.run({}, { attempt: 1, last: false });
    const letters = await lettersTo('yes@example.com');
    expect(letters).toHaveLength(2);
    expect(letters[1]?.subject).toContain('提醒要在开播前到');
    expect(letters[1]?.text).toContain('/mails/unsubscribe/');
    expect(await lettersTo('never@example.com')).toHaveLength(1);
    setClock();
  });

  it('is refused for what is no address, and once the interview is live', async () => {
    const { id } = await makeInterview('announced');
    const visitor = new Visitor(app.base);
    await visitor.open(`/interviews/${id}`);
    const wrong = await visitor.send(`/interviews/${id}/reminder`, { email: 'not an address' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('not an address');
    const live = await makeInterview('live');
    expect((await visitor.send(`/interviews/${live.id}/reminder`, { email: 'a@example.com' })).status).toBe(409);
    expect((await visitor.open(`/interviews/${id}/reminder/forged`)).status).toBe(404);
  });

  it('stops with one click', async () => {
    const { id } = await makeInterview('announced', '退订以后不再打扰');
    await signUp(id, 'stop@example.com');
    await InterviewModel.updateOne({ _id: id }, { $set: { startsAt: minutes(50) } });
    await remindJob.run({}, { attempt: 1, last: false });
    const [, letter] = await lettersTo('stop@example.com');
    const [, link = ''] = /(\/mails\/unsubscribe\/[\w.-]+)/.exec(letter?.text ?? '') ?? [];
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(app.base + link, { method: 'POST', body })).status).toBe(200);
    await postponeInterview(system, { interviewId: id, startsAt: minutes(5000), reason: '嘉宾临时出差' });
    expect(await lettersTo('stop@example.com')).toHaveLength(2);
  });
});

describe('an interview put off', () => {
  it('tells everyone who signed up why and when, once, and reminds them anew', async () => {
    const { id } = await makeInterview('announced', '台风来了改期');
    await signUp(id, 'told@example.com');
    const startsAt = minutes(3000);
    await postponeInterview(system, { interviewId: id, startsAt, reason: '台风蓝色预警' });
    const version = (await InterviewModel.findById(id).lean())?.version ?? 0;
    await runDueJobs(jobs);
    await tellChangeJob.run({ interviewId: id, version }, { attempt: 2, last: false });
    const letters = await lettersTo('told@example.com');
    expect(letters.map(({ subject }) => subject).filter((subject) => subject.includes('延期'))).toHaveLength(1);
    expect(letters.at(-1)?.text).toContain('台风蓝色预警');
    const { html } = await new Visitor(app.base).open(`/interviews/${id}`);
    expect(html).toContain('台风蓝色预警');
    await cancelInterview(system, { interviewId: id, reason: '条件不具备，另行安排' });
    expect((await lettersTo('told@example.com')).at(-1)?.subject).toContain('取消');
    const gone = await new Visitor(app.base).open(`/interviews/${id}`);
    expect(gone.status).toBe(200);
    expect(gone.html).toContain('条件不具备');
    expect(gone.html).not.toContain('name="email"');
    expect(await (await fetch(`${app.base}/interviews/${id}.ics`)).text()).toContain('STATUS:CANCELLED');
  });

  it.each([
    ['a visitor', 'announced', guestActor(), 'forbidden interview.errors.not-your-role'],
    ['an organiser, live', 'live', system, 'conflict interview-archive.errors.cannot-put-off'],
    ['an organiser, a draft', 'draft', system, 'conflict interview-archive.errors.cannot-put-off'],
  ] as const)('not by %s', async (_who, state, actor, refused) => {
    const { id } = await makeInterview(state);
    expect(await outcome(cancelInterview(actor, { interviewId: id, reason: '不办了不办了' }))).toBe(refused);
  });

  it('wants a reason, and a time to come', async () => {
    const { id } = await makeInterview('announced');
    const past = { interviewId: id, startsAt: minutes(-5), reason: '时间写错了' };
    expect(await outcome(postponeInterview(system, past))).toBe('invalid errors.invalid');
    const startsAt = (await InterviewModel.findById(id).lean())?.startsAt;
    const same = { interviewId: id, startsAt, reason: '忘了改时间' };
    expect(await outcome(postponeInterview(system, same))).toBe('invalid errors.invalid');
    expect(await outcome(cancelInterview(system, { interviewId: id, reason: '' }))).toBe('invalid errors.invalid');
    expect((await InterviewModel.findById(id).lean())?.state).toBe('announced');
  });
});

it('a past interview is copied as a draft with its words, guests, people and review', async () => {
  const past = await makeInterview('archived', '年年都办的访谈');
  await InterviewModel.updateOne({ _id: past.id }, { $set: { reviewAnswers: false } });
  const copy = await copyInterview(system, { interviewId: past.id });
  const stored = await InterviewModel.findById(copy).lean();
  expect(stored).toMatchObject({ topic: '年年都办的访谈', state: 'draft', reviewAnswers: false });
  expect(stored?.roles.map(({ role }) => role)).toEqual(expect.arrayContaining(['host', 'screener', 'recorder']));
  expect(stored?.guests.map(({ name }) => name)).toEqual(['林建平', '高敏']);
  expect(stored?.startsAt.getTime()).toBeGreaterThan(Date.now() + 7 * 86_400_000);
});
