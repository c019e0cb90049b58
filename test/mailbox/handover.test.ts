import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Staff } from '../../src/kernel/actor.ts';
import * as act from '../../src/mailbox/index.ts';
import { useApp } from '../support/app.ts';
import { actorFor, makeDepartment, makeStaff, type TestAccount } from '../support/identity.ts';
import { letterIn, makeOffice, replyText, stored, type Office } from '../support/mailbox.ts';
import { signIn } from '../support/signIn.ts';

const app = useApp();
const why = '情况说明：需要这样处理';
let office: Office;
let colleague: { account: TestAccount; actor: Staff };
let other: { id: string; handler: Staff };
beforeAll(async () => {
  office = await makeOffice();
  const { departmentId } = office;
  const account = await makeStaff({ departmentId, roles: [{ role: 'handler', departmentId }] });
  colleague = { account, actor: await actorFor(account) };
  const { id } = await makeDepartment();
  other = {
    id,
    handler: await actorFor(await makeStaff({ departmentId: id, roles: [{ role: 'handler', departmentId: id }] })),
  };
});

describe('a letter at the wrong place', () => {
  it('is given to another department, where everything begins anew, and both are told', async () => {
    const { id: letterId } = await letterIn('drafted', office);
    await act.reassignLetter(office.clerk, { letterId, departmentId: other.id, reason: why });
    const letter = await stored(letterId);
    expect(letter).toMatchObject({
      state: 'assigned',
      lead: { departmentId: other.id },
      handler: null,
      draft: null,
      assisting: [],
      facts: { departmentId: other.id, returns: 0 },
    });
    expect(letter.pastClocks.map(({ stage, endedAt }) => [stage, endedAt !== null])).toContainEqual(['answer', true]);
    const told = letter.outbox
      .filter(({ to }) => to === 'department')
      .map(({ kind, departmentId }) => [kind, departmentId]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['assigned', other.id],
        ['recalled', office.departmentId],
      ]),
    );
    await expect(act.submitForSignOff(office.handler, { letterId, text: replyText })).rejects.toMatchObject({
      status: 404,
    });
    await act.submitForSignOff(other.handler, { letterId, text: replyText });
  });

  it('is not given to the department that has it', async () => {
    const { id: letterId } = await letterIn('assigned', office);
    const again = act.reassignLetter(office.clerk, { letterId, departmentId: office.departmentId, reason: why });
    await expect(again).rejects.toMatchObject({ status: 422, fields: { departmentId: expect.anything() } });
  });

  it('is taken back, waits with a deadline, and can be assigned again', async () => {
    const { id: letterId } = await letterIn('assigned', office);
    await act.recallLetter(office.clerk, { letterId, reason: why });
    const letter = await stored(letterId);
    expect(letter).toMatchObject({ state: 'accepted', open: true, lead: null, facts: { departmentId: null } });
    expect(letter.dueAt).not.toBeNull();
    await act.assignLetter(office.clerk, { letterId, departmentId: other.id });
    expect(await stored(letterId)).toMatchObject({ state: 'assigned', lead: { departmentId: other.id } });
  });
});

it('tells the clerk of a department in which nobody could receive a letter, before and after', async () => {
  const [empty, { number }] = [await makeDepartment(), await letterIn('accepted', office)];
  const clerk = await signIn(app, await makeStaff({ roles: ['clerk'] }));
  const { text } = await clerk.get(`/office/letters/${number}?do=assign`);
  const labelOf = (id: string) => new RegExp(`<option value="${id}"[^>]*>([^<]*)`).exec(text)?.[1] ?? '';
  expect(labelOf(empty.id)).toContain('没有可用账号');
  expect(labelOf(office.departmentId)).not.toContain('没有可用账号');
  await clerk.post(`/office/letters/${number}/assign`, { departmentId: empty.id });
  expect((await clerk.get(`/office/letters/${number}`)).text).toContain('没有人能签收');
});

describe('a letter that a colleague signed for', () => {
  it('is not taken by signing, only by taking it over from the one who has it now', async () => {
    const { id: letterId } = await letterIn('assigned', office);
    await act.signForLetter(office.handler, { letterId });
    await expect(act.signForLetter(colleague.actor, { letterId })).rejects.toMatchObject({ status: 409 });
    expect((await stored(letterId)).handler?.id).toBe(office.handler.id);
    const stale = act.takeOverLetter(colleague.actor, { letterId, handlerId: office.head.id });
    await expect(stale).rejects.toMatchObject({ status: 409 });
    await act.takeOverLetter(colleague.actor, { letterId, handlerId: office.handler.id });
    const letter = await stored(letterId);
    expect(letter.handler?.id).toBe(colleague.actor.id);
    expect(letter.outbox.at(-1)).toMatchObject({ kind: 'taken-over', data: { personId: office.handler.id } });
  });

  it('offers on its page to take it over, never to sign for it', async () => {
    const { id: letterId, number } = await letterIn('assigned', office);
    await act.signForLetter(office.handler, { letterId });
    const caller = await signIn(app, colleague.account);
    const { text } = await caller.get(`/office/letters/${number}`);
    expect(text).toMatch(/do(=|&#x3D;)take-over/);
    expect(text).not.toContain(`action="/office/letters/${number}/sign"`);
    const form = await caller.get(`/office/letters/${number}?do=take-over`);
    expect(form.text).toContain(office.handler.name);
  });

  it('is given by the head to somebody of the department, and to nobody else', async () => {
    const { id: letterId } = await letterIn('assigned', office);
    await act.appointHandler(office.head, { letterId, handlerId: colleague.actor.id });
    expect(await stored(letterId)).toMatchObject({ handler: { id: colleague.actor.id } });
    const foreign = act.appointHandler(office.head, { letterId, handlerId: other.handler.id });
    await expect(foreign).rejects.toMatchObject({ status: 422 });
    const twice = act.appointHandler(office.head, { letterId, handlerId: colleague.actor.id });
    await expect(twice).rejects.toMatchObject({ status: 409 });
  });
});
