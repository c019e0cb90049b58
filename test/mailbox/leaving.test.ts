import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Staff } from '../../src/kernel/actor.ts';
import { setClock } from '../../src/kernel/time.ts';
import * as act from '../../src/mailbox/index.ts';
import { leftBehind } from '../../src/mailbox/leaving.ts';
import { letterStates, type LetterState } from '../../src/mailbox/letter.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { trackedLetter } from '../../src/mailbox/trackedLetter.ts';
import { transitions } from '../../src/mailbox/transitions.ts';
import { useDatabase } from '../support/database.ts';
import { actorFor, makeDepartment, makeStaff } from '../support/identity.ts';
import { letterIn, mailboxModels, makeOffice, replyText, stored, type Office } from '../support/mailbox.ts';

const at = new Date('2026-11-16T10:00:00+08:00');
const by = { kind: 'staff', id: 'somebody', name: '某人' } as const;
const why = '情况说明：需要这样处理';

/** A letter beside which everything stands that can be unfinished. */
const unfinished = {
  inquiries: [
    { id: 'old', text: '?', at, by, answer: { text: '三号楼', at, attachments: [] } },
    { id: 'new', text: '?', at, by, answer: null },
  ],
  extension: {
    id: 'e',
    state: 'asked',
    round: 1,
    amount: 5,
    reason: why,
    askedAt: at,
    askedBy: by,
    decidedAt: null,
    remark: '',
  },
  draft: { text: replyText, at, by },
  signature: { at, by },
  marks: ['urged', 'waiting', 'extension-asked', 'sent-back', 'rehandling-asked', 'red-card', 'dissatisfied'],
} as unknown as Letter;

describe('what stands unfinished beside a letter', () => {
  const inDepartment: readonly LetterState[] = ['assigned', 'drafted', 'signed-off'];
  const comesInto = [...new Set(Object.values(transitions).flatMap(({ to }) => to ?? []))];

  it.each([...new Set<LetterState>([...comesInto, 'submitted'])])(
    'is closed where %s leaves no room for it',
    (state) => {
      const after = { ...unfinished, ...leftBehind(unfinished, state, at) };
      const open = {
        inquiry: after.inquiries.some(({ answer }) => answer === null),
        extension: after.extension?.state === 'asked',
        draft: after.draft !== null,
        signature: after.signature !== null,
      };
      expect(open).toEqual({
        inquiry: state === 'assigned',
        extension: inDepartment.includes(state),
        draft: inDepartment.includes(state),
        signature: state === 'signed-off',
      });
      expect(after.marks.includes('waiting')).toBe(open.inquiry);
      expect(after.marks.includes('extension-asked')).toBe(open.extension);
      expect(after.marks.includes('rehandling-asked')).toBe(['replied', 'closed'].includes(state));
      // What happened stays on record
      expect(after.marks).toEqual(expect.arrayContaining(['red-card', 'dissatisfied']));
      expect(after.inquiries[0]?.answer?.text).toBe('三号楼');
    },
  );

  it('is left alone when nothing is open', () => {
    const nothing = { inquiries: [], extension: null, draft: null, signature: null, marks: ['red-card'] };
    for (const state of letterStates) expect(leftBehind(nothing as unknown as Letter, state, at)).toEqual({});
  });
});

describe('through the doors', () => {
  useDatabase(mailboxModels);
  let office: Office;
  let other: { id: string; handler: Staff; head: Staff };
  beforeAll(async () => {
    office = await makeOffice();
    const { id } = await makeDepartment();
    const one = async (role: 'handler' | 'head') =>
      actorFor(await makeStaff({ departmentId: id, roles: [{ role, departmentId: id }] }));
    other = { id, handler: await one('handler'), head: await one('head') };
  });
  afterEach(() => setClock());

  it('a question that was never answered is over once the department answers', async () => {
    const { id: letterId, number, code, writer } = await letterIn('assigned', office);
    await act.askWriter(office.handler, { letterId, text: '请问是几号楼？' });
    await act.submitForSignOff(office.handler, { letterId, text: replyText });
    expect(trackedLetter(await stored(letterId)).inquiry).toBeNull();
    await act.signOff(office.head, { letterId });
    await act.releaseReply(office.clerk, { letterId });
    expect(trackedLetter(await stored(letterId)).inquiry).toBeNull();
    await expect(act.supplementLetter(writer, { number, code, text: '三号楼' })).rejects.toMatchObject({ status: 409 });
  });

  it('the answer of a writer goes to the question of the department that asks now', async () => {
    const { id: letterId, number, code, writer } = await letterIn('assigned', office);
    await act.askWriter(office.handler, { letterId, text: '第一个单位的问题？' });
    await act.returnLetter(office.handler, { letterId, reason: why });
    await act.assignLetter(office.clerk, { letterId, departmentId: other.id });
    await act.askWriter(other.handler, { letterId, text: '第二个单位的问题？' });
    await act.supplementLetter(writer, { number, code, text: '三号楼' });
    expect((await stored(letterId)).inquiries.map(({ answer }) => answer?.text)).toEqual(['', '三号楼']);
  });

  it('a request for an extension goes with the letter, and the next department may ask anew', async () => {
    const { id: letterId } = await letterIn('assigned', office);
    await act.requestExtension(office.handler, { letterId, amount: 3, reason: why });
    await act.returnLetter(office.handler, { letterId, reason: why });
    expect(await stored(letterId)).toMatchObject({ extension: null, marks: [] });
    await act.assignLetter(office.clerk, { letterId, departmentId: other.id });
    await act.requestExtension(other.handler, { letterId, amount: 3, reason: why });
    expect((await stored(letterId)).extension?.state).toBe('asked');
  });

  it('a request nobody decided lapses with the reply', async () => {
    const { id: letterId } = await letterIn('assigned', office);
    await act.requestExtension(office.handler, { letterId, amount: 3, reason: why });
    await act.submitForSignOff(office.handler, { letterId, text: replyText });
    await act.signOff(office.head, { letterId });
    await act.releaseReply(office.clerk, { letterId });
    expect(await stored(letterId)).toMatchObject({ extension: { state: 'lapsed' }, marks: ['joint'] });
  });

  it('orders and cards stay with the department that got them', async () => {
    const { id: letterId } = await letterIn('assigned', office);
    await act.orderSupervision(office.supervisor, { letterId, reason: why });
    await act.issueCard(office.supervisor, { letterId, colour: 'yellow', reason: why });
    await act.returnLetter(office.handler, { letterId, reason: why });
    await act.assignLetter(office.clerk, { letterId, departmentId: other.id });
    const { orders, cards } = await stored(letterId);
    const [orderId, cardId] = [orders[0]?.id, cards[0]?.id];
    await expect(act.answerOrder(other.handler, { letterId, orderId, text: why })).rejects.toMatchObject({
      status: 403,
    });
    await expect(act.appealCard(other.head, { letterId, cardId, reason: why })).rejects.toMatchObject({ status: 403 });
    await act.answerOrder(office.handler, { letterId, orderId, text: why });
    await act.appealCard(office.head, { letterId, cardId, reason: why });
    expect(await stored(letterId)).toMatchObject({
      orders: [{ answer: { text: why } }],
      cards: [{ appeal: { text: why } }],
    });
  });

  it('what a satisfied writer lets the city publish stays on the table until it is published', async () => {
    const { id: letterId, number, code, writer } = await letterIn('replied', office);
    const before = (await stored(letterId)).closeAt;
    await act.rateLetter(writer, { number, code, satisfaction: 'satisfied', solved: 'yes' });
    expect((await stored(letterId)).closeAt).toEqual(before);
    await act.publishLetter(office.clerk, {
      letterId,
      visibility: 'public',
      spans: { title: [], body: [], reply: [] },
    });
    const { closeAt, publishedAt } = await stored(letterId);
    expect(closeAt).toEqual(publishedAt);
  });

  it('a second, satisfied rating takes the mark of the first away', async () => {
    const { id: letterId, number, code, writer } = await letterIn('replied', office);
    await act.rateLetter(writer, { number, code, satisfaction: 'dissatisfied', solved: 'no', reason: why });
    expect((await stored(letterId)).marks).toContain('dissatisfied');
    await act.requestRehandling(writer, { number, code, reason: why });
    await act.decideRehandling(office.clerk, { letterId, decision: 'grant' });
    await act.submitForSignOff(office.handler, { letterId, text: replyText });
    await act.signOff(office.head, { letterId });
    await act.releaseReply(office.clerk, { letterId });
    await act.rateLetter(writer, { number, code, satisfaction: 'satisfied', solved: 'yes' });
    expect((await stored(letterId)).marks).not.toContain('dissatisfied');
  });
});
