import { afterEach, describe, expect, it } from '@jest/globals';
import { acceptInvitation } from '../../src/interview/invitations/acceptInvitation.ts';
import { InvitationModel } from '../../src/interview/invitations/invitationModel.ts';
import { makeInvitation } from '../../src/interview/invitations/makeInvitation.ts';
import { revokeInvitation } from '../../src/interview/invitations/revokeInvitation.ts';
import { publishQuestion } from '../../src/interview/actions/publishQuestion.ts';
import { features } from '../../src/features.ts';
import { findInterview } from '../../src/interview/interviewModel.ts';
import { rolesOf } from '../../src/interview/policy.ts';
import type { InterviewState } from '../../src/interview/interview.ts';
import type { Staff } from '../../src/kernel/actor.ts';
import { setClock } from '../../src/kernel/time.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { actorFor, guestActor, makeStaff } from '../support/identity.ts';
import { ask, makeInterview, outcome } from '../support/interview.ts';
import { signIn } from '../support/signIn.ts';
import { Visitor } from '../support/visitor.ts';

const app = useApp();
afterEach(() => setClock());
const hour = 3_600_000;
const later = (hours: number) => setClock(() => new Date(Date.now() + hours * hour));

async function makeLink(given: { state?: InterviewState; places?: number; role?: string } = {}) {
  const interview = await makeInterview(given.state ?? 'live');
  const head = await actorFor(await makeStaff({ departmentId: interview.departmentId, roles: ['head'] }));
  const wish = { interviewId: interview.id, role: given.role ?? 'screener', hours: 4, places: given.places ?? 1 };
  return { interview, head, ...(await makeInvitation(head, wish)) };
}
const helper = async () => actorFor(await makeStaff());

describe('a link for helpers', () => {
  it('gives a role in one interview until it expires, and leaves a trail', async () => {
    const { interview, token } = await makeLink();
    const other = await makeInterview('live');
    const one = await helper();
    await acceptInvitation(one, { token });
    const questionId = await ask(interview.id);
    expect(rolesOf(one, await findInterview(interview.id))).toEqual(['screener']);
    expect(rolesOf(one, await findInterview(other.id))).toEqual([]);
    expect(await outcome(publishQuestion(one, { interviewId: interview.id, questionId }))).toBe('done');
    later(4.01);
    const next = await ask(interview.id);
    expect(await outcome(publishQuestion(one, { interviewId: interview.id, questionId: next }))).toMatch(/^forbidden/);
    await runDueJobs(features.flatMap((feature) => feature.jobs ?? []));
    const { roles, trail } = await findInterview(interview.id);
    expect(roles.filter(({ personId }) => personId === one.id)).toEqual([]);
    expect(trail.map(({ verb }) => verb)).toEqual(expect.arrayContaining(['invite', 'accept', 'expire']));
  });

  it('is kept as a fingerprint only', async () => {
    const { token, id } = await makeLink();
    expect(JSON.stringify(await InvitationModel.findById(id).lean())).not.toContain(token);
  });

  it('holds as many people as it says, each once, however many come at the same moment', async () => {
    const { token, interview } = await makeLink({ places: 2 });
    const people: Staff[] = [];
    for (let n = 0; n < 4; n += 1) people.push(await helper());
    const told = await Promise.all(people.map((one) => outcome(acceptInvitation(one, { token }))));
    expect(told.filter((one) => one === 'done')).toHaveLength(2);
    expect(new Set(told)).toEqual(new Set(['done', 'conflict interview-invitations.errors.full']));
    const inside = people[told.indexOf('done')];
    expect(inside && (await outcome(acceptInvitation(inside, { token })))).toBe('done');
    const { roles } = await findInterview(interview.id);
    expect(roles.filter(({ invitationId }) => invitationId)).toHaveLength(2);
  });

  it.each([
    ['a stranger’s', async () => '0'.repeat(24), 'not-found interview-invitations.errors.unknown'],
    [
      'an expired',
      async () => {
        const { token } = await makeLink();
        later(5);
        return token;
      },
      'conflict interview-invitations.errors.expired',
    ],
    [
      'a revoked',
      async () => {
        const { token, id, head, interview } = await makeLink();
        await revokeInvitation(head, { interviewId: interview.id, invitationId: id });
        return token;
      },
      'conflict interview-invitations.errors.revoked',
    ],
  ])('%s link opens nothing and says why', async (_which, make, told) => {
    const token = await make();
    expect(await outcome(acceptInvitation(await helper(), { token }))).toBe(told);
  });

  it('taken back takes the role away at once', async () => {
    const { token, id, head, interview } = await makeLink({ role: 'recorder' });
    const one = await helper();
    await acceptInvitation(one, { token });
    await revokeInvitation(head, { interviewId: interview.id, invitationId: id });
    expect(rolesOf(one, await findInterview(interview.id))).toEqual([]);
    expect(await outcome(revokeInvitation(head, { interviewId: interview.id, invitationId: id }))).toMatch(/^conflict/);
  });

  it('is made and taken back by organisers only, and for nobody outside the office', async () => {
    const { interview, token, id } = await makeLink();
    const wish = { interviewId: interview.id, role: 'host', hours: 4 };
    expect(await outcome(makeInvitation(interview.people.screener, wish))).toMatch(/^forbidden/);
    expect(
      await outcome(revokeInvitation(interview.people.host, { interviewId: interview.id, invitationId: id })),
    ).toMatch(/^forbidden/);
    expect(await outcome(acceptInvitation(guestActor(), { token }))).toMatch(/^unauthenticated/);
  });
});

describe('the page of a link', () => {
  it('sends to the sign-in first and back, changes nothing by being looked at, and refuses in words', async () => {
    const { interview, token } = await makeLink();
    const path = `/office/interviews/help/${token}`;
    const visitor = new Visitor(app.base);
    const { response } = await visitor.open(path);
    expect(response.headers.get('location')).toBe(`/office/sign-in?next=${encodeURIComponent(path)}`);
    const caller = await signIn(app, await makeStaff({ name: '临时审核员' }));
    expect((await caller.get(path)).text).toContain('确认承担');
    expect((await findInterview(interview.id)).roles.some(({ invitationId }) => invitationId)).toBe(false);
    const taken = await caller.post(path);
    expect(taken.location).toBe(`/office/interviews/${interview.id}`);
    expect((await caller.get(`/office/interviews/${interview.id}/screening`)).status).toBe(200);
    const late = await signIn(app, await makeStaff());
    expect((await late.get(path)).text).toContain('这个协助链接已经有人用了');
    expect((await late.get(`/office/interviews/help/${'x'.repeat(24)}`)).text).toContain('这个协助链接不对');
  });
});
