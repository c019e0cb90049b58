import { beforeAll, expect, it } from '@jest/globals';
import { followQuestion, unfollowQuestion } from '../../src/interview/actions/followQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { mergeQuestion } from '../../src/interview/actions/mergeQuestion.ts';
import { tellFollowersJob } from '../../src/interview/following/tellFollowers.ts';
import { interviewRoom } from '../../src/interview/room.ts';
import { features } from '../../src/features.ts';
import { CitizenModel } from '../../src/identity/citizenModel.ts';
import { seal } from '../../src/identity/keys.ts';
import { hideQuestion, showQuestion } from '../../src/interview/actions/hideQuestion.ts';
import { passQuestion } from '../../src/interview/actions/passQuestion.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { approveAnswer } from '../../src/interview/actions/reviewAnswer.ts';
import { setAnswerReview } from '../../src/interview/actions/setAnswerReview.ts';
import { undoDecision } from '../../src/interview/actions/undoDecision.ts';
import { QuestionModel } from '../../src/interview/questionModel.ts';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { guestActor, makeCitizen } from '../support/identity.ts';
import { ask, askPublished, makeInterview, outcome, system } from '../support/interview.ts';
import type { TestInterview } from '../support/interview.ts';

useApp();
let room: TestInterview;
beforeAll(async () => {
  room = await makeInterview('live');
});
const named = (questionId: string) => ({ interviewId: room.id, questionId });
const rows = async (actor: ReturnType<typeof guestActor>) =>
  ((await interviewRoom.personal?.(actor, room.id)) ?? []).filter(({ kind }) => kind === 'followed');

it('stands among one’s own once, is answered there, and goes when it is not followed any more', async () => {
  const visitor = guestActor();
  const id = await askPublished(room);
  for (let n = 0; n < 2; n += 1) await followQuestion(visitor, named(id));
  expect(await rows(visitor)).toMatchObject([{ questionId: id, answered: false }]);
  const answer = { ...named(id), guestId: room.guestId, text: '已经安排。', version: 0 };
  await publishAnswer(room.people.guest, answer);
  expect(await rows(visitor)).toMatchObject([{ questionId: id, answered: true }]);
  await unfollowQuestion(visitor, named(id));
  expect(await rows(visitor)).toEqual([]);
  await expect(Promise.resolve(tellFollowersJob.run({ questionId: id }, {} as never))).resolves.toBeUndefined();
});

it('goes along with a merge', async () => {
  const visitor = guestActor();
  const [from, into] = [await askPublished(room), await askPublished(room)];
  await followQuestion(visitor, named(from));
  await mergeQuestion(room.people.screener, { ...named(from), intoId: into });
  expect(await rows(visitor)).toMatchObject([{ questionId: from, shownId: into }]);
});

it('is for citizens, of others’ public questions; a mail needs a proven address', async () => {
  const visitor = guestActor();
  const own = await askPublished(room, visitor);
  const id = await askPublished(room);
  expect(await outcome(followQuestion(visitor, named(own)))).toBe('conflict interview-follow.own');
  expect(await outcome(followQuestion(room.people.host, named(id)))).toBe('forbidden interview-follow.staff');
  expect(await outcome(followQuestion(visitor, named(await ask(room.id))))).toBe(
    'not-found interview.errors.question-not-found',
  );
  expect(await outcome(followQuestion(visitor, { ...named(id), mail: true }))).toBe(
    'forbidden interview-follow.mail-needs-address',
  );
});

const jobs = features.flatMap((feature) => feature.jobs ?? []);
let addresses = 0;
/** Follows with a mail to an address of one's own; gives the letters that came there. */
async function followByMail(questionId: string) {
  const citizen = await makeCitizen();
  addresses += 1;
  const to = `follower-${addresses}@example.com`;
  await CitizenModel.updateOne({ _id: citizen.id }, { $set: { 'addresses.0.sealed': seal(to, citizen.id) } });
  await followQuestion(citizen, { ...named(questionId), mail: true });
  return async () => {
    await runDueJobs(jobs);
    return ShelvedLetterModel.find({ to }).lean();
  };
}
const answerIt = (questionId: string, text: string, version = 0) =>
  publishAnswer(room.people.guest, { ...named(questionId), guestId: room.guestId, text, version });

it('writes once when an answer comes out, not again for a correction', async () => {
  const id = await askPublished(room);
  const letters = await followByMail(id);
  expect(await letters()).toEqual([]);
  await answerIt(id, '六月底前完成。');
  await answerIt(id, '七月底前完成。', 1);
  const all = await letters();
  expect(all).toHaveLength(1);
  expect(all[0]?.text).toContain(`/interviews/${room.id}?question=${id}#question-${id}`);
});

it('writes when an answer goes out together with its question', async () => {
  const { screener } = room.people;
  const id = await askPublished(room);
  const letters = await followByMail(id);
  await undoDecision(screener, { interviewId: room.id, questionIds: [id] });
  await passQuestion(screener, { ...named(id), to: `guest:${room.guestId}` });
  expect(await answerIt(id, '写好了，等公开。')).toMatchObject({ stage: 'ready' });
  expect(await letters()).toEqual([]);
  await publishQuestion(screener, named(id));
  expect(await letters()).toHaveLength(1);
});

it('writes when an answer comes out with a question that is shown again', async () => {
  const id = await askPublished(room);
  const letters = await followByMail(id);
  await setAnswerReview(system, { interviewId: room.id, review: 'on' });
  await answerIt(id, '审核以后再看到。');
  await hideQuestion(room.people.host, named(id));
  const [answer] = (await QuestionModel.findById(id).lean())?.answers ?? [];
  const which = { ...named(id), answerId: answer?.id, version: answer?.pending?.version };
  expect(await approveAnswer(room.people.reviewer, which)).toEqual({ stage: 'ready' });
  expect(await letters()).toEqual([]);
  await showQuestion(room.people.host, named(id));
  expect(await letters()).toHaveLength(1);
});
