import { beforeAll, expect, it } from '@jest/globals';
import '../../src/interview/persons.ts';
import { mergeQuestion } from '../../src/interview/actions/mergeQuestion.ts';
import { supportQuestion } from '../../src/interview/actions/supportQuestion.ts';
import { QuestionModel, SupportModel } from '../../src/interview/questionModel.ts';
import { interviewRoom } from '../../src/interview/room.ts';
import { forgetCitizen, linkGuest } from '../../src/identity/following.ts';
import { roomView } from '../../src/live/index.ts';
import { useDatabase } from '../support/database.ts';
import { guestActor, makeCitizen } from '../support/identity.ts';
import { ask, askPublished, interviewModels, makeInterview, type TestInterview } from '../support/interview.ts';

useDatabase(interviewModels);
let live: TestInterview;
beforeAll(async () => {
  live = await makeInterview('live');
});
const supportsOf = async (id: string) => (await QuestionModel.findById(id).lean())?.supports;

it('gives a guest’s questions and supports to the citizen they turn out to be, once each', async () => {
  const [guest, citizen] = [guestActor('小雨'), await makeCitizen()];
  const own = [await askPublished(live, guest), await ask(live.id, citizen as never), await ask(live.id, guest)];
  const [both, merged, onlyGuest] = [await askPublished(live), await askPublished(live), await askPublished(live)];
  const support = (who: typeof guest | typeof citizen, questionId: string) =>
    supportQuestion(who, { interviewId: live.id, questionId });
  await Promise.all([
    support(guest, both),
    support(citizen, both),
    support(citizen, merged),
    support(guest, onlyGuest),
  ]);
  await mergeQuestion(live.people.screener, { interviewId: live.id, questionId: merged, intoId: onlyGuest });
  expect(await supportsOf(onlyGuest)).toBe(2);
  await linkGuest(guest.id, citizen.id);
  await linkGuest(guest.id, citizen.id);
  const mine = (await interviewRoom.personal?.(citizen, live.id)) ?? [];
  expect(mine.map((row) => row['questionId']).sort()).toEqual([...own].sort());
  expect(await interviewRoom.personal?.(guest, live.id)).toEqual([]);
  expect([await supportsOf(both), await supportsOf(onlyGuest)]).toEqual([1, 1]);
  expect(await SupportModel.countDocuments({ personId: guest.id })).toBe(0);
});

it('forgets a citizen who is gone: their words stay, nothing says whose they were', async () => {
  const citizen = await makeCitizen();
  const id = await askPublished(live, citizen as never);
  const liked = await askPublished(live);
  await supportQuestion(citizen, { interviewId: live.id, questionId: liked });
  await forgetCitizen(citizen.id);
  const stored = JSON.stringify(await QuestionModel.find({ interviewId: live.id }).lean());
  expect(stored).not.toContain(citizen.id);
  expect(JSON.stringify(await SupportModel.find().lean())).not.toContain(citizen.id);
  const row = (await roomView('interview', live.id, 'public')).rows.find((one) => one.id === id);
  expect(row).toMatchObject({ state: 'published', asker: { name: null, verified: false } });
  expect(await supportsOf(liked)).toBe(1);
});
