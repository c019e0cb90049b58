import { expect, it } from '@jest/globals';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import { Audience } from '../../src/demo/audience.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { until } from '../support/until.ts';
import { useDatabase } from '../support/database.ts';
import { interviewModels, makeInterview, system } from '../support/interview.ts';

useDatabase(interviewModels);

it('rests when the interview is closed by hand, and begins the next one a while later', async () => {
  const room = await makeInterview('live');
  const staged = { id: room.id, script: {} as never, actor: systemActor('demo'), guestIds: [room.guestId] };
  const audience = new Audience(staged);
  let renewed = 0;
  audience.start(async () => void (renewed += 1));
  await closeInterview(system, { interviewId: room.id });
  await until(() => audience.over);
  expect([audience.over, renewed]).toEqual([true, 0]);
  await InterviewModel.updateOne({ _id: room.id }, { $set: { closedAt: new Date(Date.now() - 11 * 60_000) } });
  await until(() => renewed > 0);
  expect(renewed).toBe(1);
  audience.stop();
});
