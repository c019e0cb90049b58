import { beforeAll, expect, it } from '@jest/globals';
import { assignRole } from '../../src/interview/actions/assignRole.ts';
import { copyInterview } from '../../src/interview/actions/copyInterview.ts';
import { submitForApproval } from '../../src/interview/approval/submitForApproval.ts';
import { setAnswerReview } from '../../src/interview/actions/setAnswerReview.ts';
import { findInterview, InterviewModel } from '../../src/interview/interviewModel.ts';
import { useApp } from '../support/app.ts';
import { actorFor, makeStaff, type TestAccount } from '../support/identity.ts';
import { makeInterview, system, type TestInterview } from '../support/interview.ts';
import { staffCookie } from '../support/staffSession.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
let draft: TestInterview;
let head: TestAccount;
let organiser: Visitor;
beforeAll(async () => {
  draft = await makeInterview('draft');
  head = await makeStaff({ departmentId: draft.departmentId, roles: ['head'] });
  organiser = await visitorFor(head);
});

async function visitorFor({ id }: { id: string }): Promise<Visitor> {
  const visitor = new Visitor(app.base);
  const { name, value } = await staffCookie(id);
  visitor.setCookie(name, decodeURIComponent(value));
  return visitor;
}
const home = (id = draft.id) => `/office/interviews/${id}`;
const soon = '2099-07-09T15:00';
const form = (more: Record<string, string> = {}) => ({
  topic: '老旧小区加装电梯怎么办',
  departmentId: draft.departmentId,
  startsAt: soon,
  plannedMinutes: '60',
  guestId: '',
  guestName: '高敏',
  guestTitle: '局长',
  guestPerson: '',
  ...more,
});

it('takes the name of a guest as their account when one person has it, and says which account there is not', async () => {
  const person = await makeStaff({ name: '独一无二的嘉宾' });
  await organiser.open('/office/interviews/new');
  const refused = await organiser.send('/office/interviews', form({ guestPerson: 'nobody-x' }));
  const html = await refused.text();
  expect([refused.status, html.includes('没有找到“nobody-x”这个账号')]).toEqual([422, true]);
  expect(html).not.toContain('请把嘉宾的姓名和职务都写上');
  const made = await organiser.send('/office/interviews', form({ guestPerson: '独一无二的嘉宾' }));
  expect(made.status).toBe(303);
  const { guests } = await findInterview(made.headers.get('location')?.split('/')[3] ?? '');
  expect(guests).toMatchObject([{ name: '高敏', personId: person.id }]);
});

it('refuses a start that has passed where it is typed, and keeps one that came and went after the announcement', async () => {
  await organiser.open('/office/interviews/new');
  const refused = await organiser.send('/office/interviews', form({ startsAt: '2020-01-01T10:00' }));
  const html = await refused.text();
  expect([refused.status, html.includes('开始时间已经过了'), html.includes('2020-01-01T10:00')]).toEqual([
    422,
    true,
    true,
  ]);
  const announced = await makeInterview('announced');
  const person = await visitorFor(await makeStaff({ departmentId: announced.departmentId, roles: ['head'] }));
  await InterviewModel.updateOne({ _id: announced.id }, { $set: { startsAt: new Date('2020-01-01T02:00:00Z') } });
  await person.open(`${home(announced.id)}/edit`);
  const { version } = await findInterview(announced.id);
  const edit = (startsAt: string, topic: string, seen: number) =>
    person.send(`${home(announced.id)}/edit`, form({ startsAt, topic, version: String(seen) }));
  expect((await edit('2020-01-01T10:00', '改一个题目也可以', version)).status).toBe(303);
  expect((await edit('2020-01-02T10:00', '改一个题目也可以', version + 1)).status).toBe(422);
});

it('gives six roles by one form: all that are named, or none', async () => {
  const [host, screener] = [await makeStaff(), await makeStaff({ name: '独一无二的审核员' })];
  const { html } = await organiser.open(home());
  expect(html.match(/name="person-\w+"/g)).toHaveLength(6);
  const before = await findInterview(draft.id);
  const refused = await organiser.send(`${home()}/roles`, {
    'person-host': host.userName,
    'person-recorder': 'nobody-x',
  });
  const shown = await refused.text();
  expect([refused.status, shown.includes('没有这个账号'), shown.includes(`value="${host.userName}"`)]).toEqual([
    422,
    true,
    true,
  ]);
  expect((await findInterview(draft.id)).roles).toEqual(before.roles);
  const given = { 'person-host': host.userName, 'person-screener': '独一无二的审核员', 'person-recorder': '' };
  expect((await organiser.send(`${home()}/roles`, given)).status).toBe(303);
  expect((await organiser.send(`${home()}/roles`, given)).status).toBe(303);
  const { roles } = await findInterview(draft.id);
  expect(roles).toHaveLength(before.roles.length + 2);
  expect(roles).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ role: 'host', personId: host.id }),
      expect.objectContaining({ role: 'screener', personId: screener.id }),
    ]),
  );
  expect((await organiser.send(`${home()}/roles`, {})).status).toBe(422);
});

it('takes roles, review and access along into a copy, but no helper by a link', async () => {
  const earlier = await makeInterview('closed');
  const actor = await actorFor(await makeStaff({ departmentId: earlier.departmentId, roles: ['head'] }));
  const helper = await makeStaff();
  await assignRole(system, { interviewId: earlier.id, role: 'recorder', personId: helper.id });
  await InterviewModel.updateOne(
    { _id: earlier.id, 'roles.personId': helper.id },
    { $set: { 'roles.$.until': new Date('2099-01-01'), asking: 'verified', supporting: 'everyone' } },
  );
  await setAnswerReview(system, { interviewId: earlier.id, review: 'on' });
  const copy = await findInterview(await copyInterview(actor, { interviewId: earlier.id }));
  expect(copy).toMatchObject({ state: 'draft', reviewAnswers: true, asking: 'verified', supporting: 'everyone' });
  const kept = (await findInterview(earlier.id)).roles.filter(({ personId }) => personId !== helper.id);
  expect(copy.roles.map(({ role, personId }) => `${role} ${personId}`)).toEqual(
    kept.map(({ role, personId }) => `${role} ${personId}`),
  );
});

it('offers the announcement to a clerk only when nothing waits for a decision', async () => {
  const laid = await makeInterview('draft');
  const [own, clerk] = [
    await makeStaff({ departmentId: laid.departmentId, roles: ['head'] }),
    await visitorFor(await makeStaff({ roles: ['clerk'] })),
  ];
  const announces = async () => (await clerk.open(home(laid.id))).html.includes(`${home(laid.id)}/announce"`);
  expect(await announces()).toBe(true);
  const { version } = await findInterview(laid.id);
  await submitForApproval(await actorFor(own), { interviewId: laid.id, version });
  expect(await announces()).toBe(false);
  await clerk.send(`${home(laid.id)}/return`, { version: String(version), remarks: '请写清楚嘉宾的职务' });
  expect(await announces()).toBe(false);
  await InterviewModel.updateOne({ _id: laid.id }, { $set: { 'approval.state': 'approved' } });
  expect(await announces()).toBe(true);
});

it('shows a draft as it will look when it is announced, and says that nobody else sees it', async () => {
  const { html, status } = await organiser.open(`/interviews/${draft.id}`);
  expect(status).toBe(200);
  const page = html.replace(/<script[^]*?<\/script>/g, '');
  expect(page).toContain('预览，市民看不到');
  expect(page).not.toContain('访谈已经结束');
  expect(page).not.toContain('文字实录');
  expect((await new Visitor(app.base).open(`/interviews/${draft.id}`)).status).toBe(404);
});
