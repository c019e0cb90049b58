import { expect, it } from '@jest/globals';
import { features } from '../../src/features.ts';
import { AccountModel } from '../../src/identity/accountModel.ts';
import { addTurn } from '../../src/interview/actions/addTurn.ts';
import { closeInterview } from '../../src/interview/actions/closeInterview.ts';
import { askToCheckJob } from '../../src/interview/record/askToCheck.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { setDepartmentAddress } from '../../src/organization/actions/setDepartmentAddress.ts';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { enqueue, runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { makeDepartment, makeStaff } from '../support/identity.ts';
import { makeInterview, system } from '../support/interview.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
const jobs = features.flatMap((feature) => feature.jobs ?? []);
const lettersTo = async (to: string) => {
  await runDueJobs(jobs);
  return ShelvedLetterModel.find({ to }).lean();
};

/** Both guests have said something; the first has an account in another department and reads English. */
async function endedInterview() {
  const interview = await makeInterview('live');
  const [home, email] = [await makeDepartment(), `guest-${interview.id}@example.com`];
  await AccountModel.updateOne({ _id: interview.people.guest.id }, { $set: { email, departmentId: home.id } });
  await setDepartmentAddress(systemActor('test'), { id: home.id, email: `home-${interview.id}@example.com` });
  for (const speakerId of [interview.guestId, interview.secondGuestId]) {
    const turn = { interviewId: interview.id, speakerId, text: '今年改造一百部电梯。', formKey: newId(16) };
    await addTurn(interview.people.recorder, turn);
  }
  return { ...interview, email, home: `home-${interview.id}@example.com` };
}

it('asks a guest and their department to check the record when an interview closes, once', async () => {
  const interview = await endedInterview();
  const { userName, password, id } = interview.accounts.guest;
  const visitor = new Visitor(app.base);
  await visitor.open('/office/sign-in?lang=en');
  expect((await visitor.send('/office/sign-in', { userName, password })).status).toBe(303);
  expect((await AccountModel.findById(id).lean())?.language).toBe('en');
  const handler = await makeStaff({ roles: [{ role: 'handler', departmentId: interview.departmentId }] });
  await AccountModel.updateOne({ _id: handler.id }, { $set: { email: `handler-${interview.id}@example.com` } });

  await closeInterview(system, { interviewId: interview.id });
  const [letter] = await lettersTo(interview.email);
  expect(letter?.subject).toBe('Please check the record: 老旧小区加装电梯怎么办');
  const [link = ''] = /\/office\/interviews\/\S+/.exec(letter?.text ?? '') ?? [];
  expect(link).toBe(`/office/interviews/${interview.id}/checking?guest=${interview.guestId}`);
  expect((await visitor.open(link)).html).toContain('今年改造一百部电梯。');

  const [own] = await lettersTo(interview.home);
  expect(own?.subject).toContain('请督促核对访谈记录');
  expect(own?.text).toContain('林建平的发言');
  expect(own?.text).toContain(`/interviews/${interview.id}?view=record`);
  const [organiser] = await lettersTo(`handler-${interview.id}@example.com`);
  expect(organiser?.text).toContain('高敏的发言'); // has no account: the organising department sees to it
  expect(organiser?.text).toContain(`/office/interviews/${interview.id}/checking`);

  await enqueue(askToCheckJob, { interviewId: interview.id });
  for (const to of [interview.email, interview.home]) expect(await lettersTo(to)).toHaveLength(1);
});

it('writes to nobody about an interview in which no guest said anything', async () => {
  const interview = await makeInterview('live');
  await AccountModel.updateOne({ _id: interview.people.guest.id }, { $set: { email: 'silent@example.com' } });
  await closeInterview(system, { interviewId: interview.id });
  expect(await lettersTo('silent@example.com')).toEqual([]);
});
