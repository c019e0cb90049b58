import { afterEach, describe, expect, it } from '@jest/globals';
import { announceInterview } from '../../src/interview/actions/announceInterview.ts';
import { editInterview } from '../../src/interview/actions/editInterview.ts';
import { approveInterview, returnInterview } from '../../src/interview/approval/decideApproval.ts';
import { submitForApproval } from '../../src/interview/approval/submitForApproval.ts';
import { approvalTasks } from '../../src/interview/approval/view.ts';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { features } from '../../src/features.ts';
import { findInterview, InterviewModel } from '../../src/interview/interviewModel.ts';
import { systemActor, type Actor } from '../../src/kernel/actor.ts';
import { setDepartmentAddress } from '../../src/organization/actions/setDepartmentAddress.ts';
import { ShelvedLetterModel } from '../../src/platform/mailShelf.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { storeSetting } from '../../src/platform/settings.ts';
import { useApp } from '../support/app.ts';
import { actorFor, cityId, makeStaff } from '../support/identity.ts';
import { makeInterview, outcome } from '../support/interview.ts';

useApp();
afterEach(async () => {
  await storeSetting('interview.approval-needed', null, 'test');
});

/** A draft ten days ahead, with the people around it. */
async function makeDraft() {
  const interview = await makeInterview('draft');
  const startsAt = new Date(Date.now() + 10 * 86_400_000);
  await InterviewModel.updateOne({ _id: interview.id }, { $set: { startsAt } });
  const at = { departmentId: interview.departmentId };
  const people = {
    head: await actorFor(await makeStaff({ ...at, roles: ['head'] })),
    clerk: await actorFor(await makeStaff({ roles: ['clerk'] })),
    stranger: await actorFor(await makeStaff({ roles: [] })),
    host: interview.people.host,
  };
  return { ...interview, ...people, id: interview.id };
}
const version = async (id: string) => (await findInterview(id)).version;
const standing = async (id: string) => (await findInterview(id)).approval?.state ?? 'none';

async function edit(actor: Actor, id: string): Promise<void> {
  const { topic, startsAt, plannedMinutes, guests, version: seen } = await findInterview(id);
  const fields = { topic: `${topic}？`, startsAt, plannedMinutes, guests: guests.map((guest) => ({ ...guest })) };
  await editInterview(actor, { interviewId: id, version: seen, ...fields });
}

describe('the approval of an interview', () => {
  it('goes from the department to the secretariat, back with remarks, and forth again', async () => {
    const { id, head, clerk } = await makeDraft();
    const blocked = 'conflict interview-approval.errors.not-approved';
    expect(await outcome(announceInterview(head, { interviewId: id }))).toBe(blocked);
    await submitForApproval(head, { interviewId: id, version: 1 });
    expect(await outcome(submitForApproval(head, { interviewId: id, version: 1 }))).toBe(
      'conflict interview-approval.errors.cannot-submit',
    );
    expect(await outcome(announceInterview(head, { interviewId: id }))).toBe(blocked);
    expect(await outcome(returnInterview(clerk, { interviewId: id, version: 1, remarks: '' }))).toMatch(/^invalid/);
    await returnInterview(clerk, { interviewId: id, version: 1, remarks: '请补充背景材料' });
    expect(await outcome(announceInterview(head, { interviewId: id }))).toBe(blocked);
    await edit(head, id);
    await submitForApproval(head, { interviewId: id, version: 2 });
    await approveInterview(clerk, { interviewId: id, version: 2 });
    expect(await outcome(announceInterview(head, { interviewId: id }))).toBe('done');
    const { trail, state } = await findInterview(id);
    expect(state).toBe('announced');
    expect(trail.map(({ verb }) => verb).filter((verb) => !['create', 'assign'].includes(verb))).toEqual(
      ['submit', 'return', 'edit', 'submit', 'approve', 'announce'], // prettier-ignore
    );
    const verbs = await AuditEntryModel.find({ 'target.id': id }).sort({ at: 1 }).lean();
    expect(verbs.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(['interview.submit', 'interview.return', 'interview.approve', 'interview.announce']),
    );
  });

  it.each([
    ['head', 'forbidden interview-approval.errors.not-secretariat'],
    ['host', 'forbidden interview-approval.errors.not-secretariat'],
    ['stranger', 'not-found interview.errors.not-found'],
  ] as const)('is not given by the %s', async (who, told) => {
    const draft = await makeDraft();
    await submitForApproval(draft.head, { interviewId: draft.id, version: 1 });
    const seen = { interviewId: draft.id, version: 1, remarks: '同意了吧' };
    expect(await outcome(approveInterview(draft[who], seen))).toBe(told);
    expect(await outcome(returnInterview(draft[who], seen))).toBe(told);
    expect(await standing(draft.id)).toBe('submitted');
  });

  it.each(['submitted', 'approved'] as const)('is void when the department changes what was %s', async (state) => {
    const { id, head, clerk } = await makeDraft();
    await submitForApproval(head, { interviewId: id, version: 1 });
    if (state === 'approved') await approveInterview(clerk, { interviewId: id, version: 1 });
    await edit(head, id);
    expect(await standing(id)).toBe('none');
    expect(await outcome(approveInterview(clerk, { interviewId: id, version: 1 }))).toBe(
      'conflict interview-approval.errors.cannot-decide',
    );
  });

  it('stays when the clerk makes the change, and covers only what the clerk saw', async () => {
    const { id, head, clerk } = await makeDraft();
    await submitForApproval(head, { interviewId: id, version: 1 });
    await edit(clerk, id);
    expect(await standing(id)).toBe('submitted');
    expect(await outcome(approveInterview(clerk, { interviewId: id, version: 1 }))).toMatch(/cannot-decide$/);
    expect(await outcome(approveInterview(clerk, { interviewId: id, version: await version(id) }))).toBe('done');
  });

  it('is not asked for when the setting is off, nor from the secretariat itself', async () => {
    const [one, other] = [await makeDraft(), await makeDraft()];
    expect(await outcome(announceInterview(one.clerk, { interviewId: one.id }))).toBe('done');
    await storeSetting('interview.approval-needed', false, 'test');
    expect(await outcome(submitForApproval(other.head, { interviewId: other.id, version: 1 }))).toBe(
      'conflict interview-approval.errors.not-needed',
    );
    expect(await outcome(announceInterview(other.head, { interviewId: other.id }))).toBe('done');
  });

  it('tells both sides by mail and on their start pages', async () => {
    const { id, head, clerk, departmentId } = await makeDraft();
    await setDepartmentAddress(systemActor('test'), { id: await cityId(), email: 'secretariat@example.com' });
    await setDepartmentAddress(systemActor('test'), { id: departmentId, email: 'housing@example.com' });
    const jobs = features.flatMap((feature) => feature.jobs ?? []);
    const subjects = async (to: string) => {
      await runDueJobs(jobs);
      const letters = await ShelvedLetterModel.find({ to }).sort({ at: 1 }).lean();
      return letters.filter(({ text }) => text.includes(id)).map(({ subject }) => subject.slice(0, 4));
    };
    await submitForApproval(head, { interviewId: id, version: 1 });
    expect(await subjects('secretariat@example.com')).toEqual(['待审批：']);
    expect((await approvalTasks(clerk))[0]?.rows.map(({ href }) => href)).toContain(`/office/interviews/${id}`);
    await returnInterview(clerk, { interviewId: id, version: 1, remarks: '时间请避开周末' });
    expect((await approvalTasks(head))[0]?.rows[0]?.notes).toContain('时间请避开周末');
    await submitForApproval(head, { interviewId: id, version: 1 });
    await approveInterview(clerk, { interviewId: id, version: 1 });
    expect(await subjects('housing@example.com')).toEqual(['审批同意']); // what was sent back was submitted again before
    await setDepartmentAddress(systemActor('test'), { id: await cityId(), email: '' });
  });
});

describe('announcing at short notice', () => {
  it.each([
    [3, undefined, 'invalid errors.invalid'],
    [3, 'yes', 'done'],
    [10, undefined, 'done'],
  ])('%d days ahead, confirmed: %s → %s', async (days, confirmed, expected) => {
    const { id, clerk } = await makeDraft();
    await InterviewModel.updateOne({ _id: id }, { $set: { startsAt: new Date(Date.now() + days * 86_400_000) } });
    expect(await outcome(announceInterview(clerk, { interviewId: id, confirmed }))).toBe(expected);
  });
});
