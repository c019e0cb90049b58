import { beforeAll, expect, it } from '@jest/globals';
import { followQuestion, unfollowQuestion } from '../../src/interview/actions/followQuestion.ts';
import { publishAnswer } from '../../src/interview/actions/publishAnswer.ts';
import { mergeQuestion } from '../../src/interview/actions/mergeQuestion.ts';
import { FollowModel } from '../../src/interview/following/followModel.ts';
import { tellFollowersJob } from '../../src/interview/following/tellFollowers.ts';
import { interviewRoom } from '../../src/interview/room.ts';
import { useDatabase } from '../support/database.ts';
import { guestActor } from '../support/identity.ts';
import { ask, askPublished, interviewModels, makeInterview, outcome } from '../support/interview.ts';
import type { TestInterview } from '../support/interview.ts';

useDatabase([...interviewModels, FollowModel]);
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
