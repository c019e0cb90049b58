import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workingCalendar } from '../../src/calendar/index.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { newId } from '../../src/kernel/id.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { now, setClock } from '../../src/kernel/time.ts';
import { moveDeadline } from '../../src/mailbox/actions/moveDeadline.ts';
import { passUp } from '../../src/mailbox/actions/passUp.ts';
import { resumeLetter } from '../../src/mailbox/actions/resumeLetter.ts';
import { takeTimedStep } from '../../src/mailbox/actions/takeTimedStep.ts';
import { withdrawCard } from '../../src/mailbox/actions/withdrawCard.ts';
import * as act from '../../src/mailbox/index.ts';
import { letterStates, type LetterState } from '../../src/mailbox/letter.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import { codeFor, hashCode } from '../../src/mailbox/secrets.ts';
import { transitions } from '../../src/mailbox/transitions.ts';
import { keepIdentities, openIdentity } from '../../src/mailbox/writerModel.ts';
import { useDatabase } from '../support/database.ts';
import { guestActor, makeDepartment } from '../support/identity.ts';
import {
  letterIn,
  mailboxModels,
  makeOffice,
  replyText,
  stored,
  type Office,
  type Written,
} from '../support/mailbox.ts';

useDatabase(mailboxModels);
let office: Office;
// A year whose free days are known: deadlines of others are provisional and move by themselves
beforeAll(() => setClock(() => new Date('2026-11-16T10:00:00+08:00')));
afterAll(() => setClock());
beforeAll(async () => {
  office = await makeOffice();
});

const originals = new Map<LetterState, Promise<Written>>();
let copies = 0;
/** A letter of its own in a state: a copy of the one that came there by the ordinary way. */
async function copyIn(state: LetterState): Promise<Written> {
  const original = originals.get(state) ?? letterIn(state, office);
  originals.set(state, original);
  const letter = await stored((await original).id);
  const identity = await openIdentity(letter._id);
  const number = `2026-9${String((copies += 1)).padStart(5, '0')}`;
  const [id, code, writer] = [newId(), codeFor(newId(24)), (await original).writer];
  const own = { _id: id, number, codeHash: hashCode(number, code), formKeyHash: newId(24), outbox: [], outboxAt: null };
  await LetterModel.collection.insertOne({ ...letter, ...own } as never);
  if (identity) await keepIdentities([{ letterId: id, writer: identity, at: letter.submittedAt }]);
  return { id, number, code, writer };
}

const roles = ['clerk', 'supervisor', 'head', 'handler', 'assistant', 'administrator', 'stranger', 'writer'] as const;
type Role = (typeof roles)[number];
type Act = (actor: Actor, letter: Written) => Promise<unknown>;
interface Row {
  run: Act;
  by: readonly Role[];
  from: readonly LetterState[];
  /** Where the role decides together with the state. */
  allows?: (role: Role, state: LetterState) => boolean;
  /** What must have happened before, so that nothing but role and state decides. */
  before?: (letter: Written) => Promise<unknown>;
  /** Refused by role alone, before any letter is looked at: 403 for whoever never does this. */
  byRole?: true;
}

const open: LetterState[] = ['submitted', 'accepted', 'assigned', 'returned', 'drafted', 'signed-off'];
const held: LetterState[] = ['assigned', 'drafted', 'signed-off', 'replied', 'closed'];
const done: LetterState[] = ['replied', 'closed'];
const spans = { title: [], body: [], reply: [] };
const why = '情况说明：需要这样处理';
const on = (run: (actor: Actor, input: object) => Promise<unknown>, input: object = {}): Act => {
  return (actor, { id }) => run(actor, { letterId: id, ...input });
};
const own = (run: (actor: Actor, input: object) => Promise<unknown>, input: object = {}): Act => {
  // Whoever is not the writer has the number and guesses the code
  return (actor, { number, code, writer }) => {
    return run(actor, { number, code: actor === writer ? code : '0000000000', ...input });
  };
};
const dissatisfied = ({ writer, number, code }: Written) =>
  act.rateLetter(writer, { number, code, satisfaction: 'dissatisfied', solved: 'no', reason: why });
/** The writer of an answered letter asks for it to be handled again. */
async function wantsRehandling(letter: Written): Promise<void> {
  if (!done.includes((await stored(letter.id)).state)) return;
  await dissatisfied(letter);
  const { writer, number, code } = letter;
  await act.requestRehandling(writer, { number, code, reason: why });
}

const samples = new Map<string, string>();
const carded: LetterState[] = ['assigned', 'drafted', 'signed-off'];
const cardOf = async (id: string): Promise<string> => (await stored(id)).cards[0]?.id ?? newId();
const giveCard = async ({ id }: Written) => {
  if (!carded.includes((await stored(id)).state)) return;
  await act.issueCard(office.supervisor, { letterId: id, colour: 'yellow', reason: why });
};
let original: Promise<Written> | undefined;
const another = () => (original ??= letterIn('submitted', office));
const publishFirst = async ({ id }: Written) => {
  if (!done.includes((await stored(id)).state)) return;
  await act.publishLetter(office.clerk, { letterId: id, visibility: 'public', spans });
};
const isPublic = (_role: Role, state: LetterState) => done.includes(state);
/** To a street and back: only then is there a department above that works on letters. */
const passDownFirst = async ({ id: letterId }: Written) => {
  if ((await stored(letterId)).state !== 'assigned') return;
  const parentId = office.departmentId;
  street ??= makeDepartment({ parentId });
  await act.passDown(office.handler, { letterId, departmentId: (await street).id, days: 1 });
};
let street: ReturnType<typeof makeDepartment> | undefined;
/** What the timetable alone does, tried by people. */
const timed =
  (kind: 'reminder' | 'red'): Act =>
  async (actor, { id }) =>
    takeTimedStep(actor, await stored(id), { kind, key: `${kind} x`, dueAt: new Date() }, await workingCalendar());

// Written down from the procedure by hand, not taken from the program's own table
const table: Record<string, Row> = {
  accept: { run: on(act.acceptLetter), by: ['clerk'], from: ['submitted'] },
  decline: { run: on(act.declineLetter, { reason: why }), by: ['clerk'], from: ['submitted'] },
  assign: {
    run: (actor, { id }) => act.assignLetter(actor, { letterId: id, departmentId: office.departmentId }),
    by: ['clerk'],
    from: ['accepted', 'returned'],
  },
  sign: { run: on(act.signForLetter), by: ['handler', 'head'], from: ['assigned'] },
  return: { run: on(act.returnLetter, { reason: why }), by: ['handler', 'head'], from: ['assigned'] },
  ask: { run: on(act.askWriter, { text: why }), by: ['handler', 'head'], from: ['assigned'] },
  'pass down': {
    run: async (actor, { id: letterId }) => {
      street ??= makeDepartment({ parentId: office.departmentId });
      return act.passDown(actor, { letterId, departmentId: (await street).id, days: 1 });
    },
    by: ['handler', 'head'],
    from: ['assigned'],
  },
  supplement: {
    run: own(act.supplementLetter, { text: why }),
    by: ['writer'],
    from: ['assigned'],
    before: async ({ id }) => {
      if ((await stored(id)).state === 'assigned') await act.askWriter(office.handler, { letterId: id, text: why });
    },
  },
  opinion: {
    run: on(act.giveAssistingOpinion, { text: why }),
    by: ['assistant'],
    from: ['assigned', 'drafted', 'signed-off'],
  },
  draft: {
    run: async (actor, { id }) =>
      act.draftReply(actor, { letterId: id, text: `${why}${Math.random()}`, version: (await stored(id)).version }),
    by: ['handler', 'head'],
    from: ['assigned'],
  },
  submit: { run: on(act.submitForSignOff, { text: replyText }), by: ['handler', 'head'], from: ['assigned'] },
  'sign off': { run: on(act.signOff), by: ['head'], from: ['drafted'] },
  'send back': {
    run: on(act.sendBack, { reason: why }),
    by: ['head', 'clerk'],
    from: ['drafted', 'signed-off'],
    allows: (role, state) => (role === 'head') === (state === 'drafted'),
  },
  release: { run: on(act.releaseReply), by: ['clerk'], from: ['signed-off'] },
  publish: { run: on(act.publishLetter, { visibility: 'public', spans }), by: ['clerk'], from: done },
  withdraw: {
    run: own(act.withdrawLetter),
    by: ['writer'],
    from: ['submitted', 'accepted', 'assigned', 'returned', 'drafted'],
  },
  rate: { run: own(act.rateLetter, { satisfaction: 'satisfied', solved: 'yes' }), by: ['writer'], from: done },
  'ask for re-handling': {
    run: own(act.requestRehandling, { reason: why }),
    by: ['writer'],
    from: done,
    before: async (letter) => done.includes((await stored(letter.id)).state) && dissatisfied(letter),
  },
  'grant re-handling': {
    run: on(act.decideRehandling, { decision: 'grant' }),
    by: ['clerk'],
    from: done,
    before: wantsRehandling,
  },
  'ask for an extension': {
    run: on(act.requestExtension, { amount: 5, reason: why }),
    by: ['handler', 'head'],
    from: ['assigned', 'drafted'],
  },
  'grant an extension': {
    run: on(act.decideExtension, { decision: 'grant' }),
    by: ['clerk'],
    from: ['assigned', 'drafted'],
    before: async ({ id }) => {
      if (!['assigned', 'drafted'].includes((await stored(id)).state)) return;
      await act.requestExtension(office.handler, { letterId: id, amount: 5, reason: why });
    },
  },
  'move a deadline': {
    run: on(moveDeadline, { reason: why }),
    by: ['clerk', 'supervisor'],
    from: ['submitted', 'accepted', 'assigned', 'returned', 'drafted', 'signed-off'],
    before: async ({ id }) => {
      // As if it had been counted with a day that has become free since
      const clocks = (await stored(id)).clocks.map((clock) =>
        clock.deadline.dueAt
          ? { ...clock, deadline: { ...clock.deadline, dueAt: new Date(clock.deadline.dueAt.getTime() - 86_400_000) } }
          : clock,
      );
      await LetterModel.collection.updateOne({ _id: id as never }, { $set: { clocks } });
    },
  },
  urge: { run: on(act.urgeLetter), by: ['clerk', 'supervisor'], from: ['assigned', 'drafted', 'signed-off'] },
  'order supervision': {
    run: on(act.orderSupervision, { reason: why }),
    by: ['clerk', 'supervisor'],
    from: held,
  },
  'give a card': {
    run: on(act.issueCard, { colour: 'yellow', reason: why }),
    by: ['supervisor'],
    from: ['assigned', 'drafted', 'signed-off'],
  },
  close: { run: on(act.closeLetter), by: ['clerk'], from: ['replied'] },
  classify: {
    run: async (actor, { id }) => {
      const { kind, procedure } = await stored(id);
      return act.classifyLetter(actor, { letterId: id, kind, procedure, urgency: 'utility', subject: '教育' });
    },
    by: ['clerk'],
    from: open,
  },
  resurvey: {
    run: (actor, { id }) => {
      const sample = samples.get(id) ?? '2026-10/none';
      return act.recordResurvey(actor, { letterId: id, sample, reached: true, satisfaction: 'satisfied' });
    },
    by: ['clerk', 'supervisor'],
    from: done,
    before: async ({ id }) => {
      if (!done.includes((await stored(id)).state)) return;
      const month = new Date(now().getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
      samples.set(id, (await act.drawResurveySample(office.clerk, { month, size: 500 }))._id);
    },
  },
  hide: {
    run: on(act.hideLetter, { reason: why }),
    by: ['clerk'],
    from: letterStates,
    before: publishFirst,
    allows: isPublic,
  },
  link: {
    run: async (actor, { id }) => act.linkDuplicate(actor, { letterId: id, original: (await another()).number }),
    by: ['clerk'],
    from: letterStates,
  },
  'merge into a topic': {
    run: (actor, { id }) => act.mergeHotTopic(actor, { letterIds: [id], title: '老小区水压' }),
    byRole: true,
    by: ['clerk', 'supervisor'],
    from: letterStates,
  },
  'pass up': { run: on(passUp, { reason: why }), by: ['handler', 'head'], from: ['assigned'], before: passDownFirst },
  'refuse an extension': {
    run: on(act.decideExtension, { decision: 'refuse', remark: why }),
    by: ['clerk'],
    from: ['assigned', 'drafted'],
    before: async ({ id }) => {
      if (!['assigned', 'drafted'].includes((await stored(id)).state)) return;
      await act.requestExtension(office.handler, { letterId: id, amount: 5, reason: why });
    },
  },
  'refuse re-handling': {
    run: on(act.decideRehandling, { decision: 'refuse', remark: why }),
    by: ['clerk'],
    from: done,
    before: wantsRehandling,
  },
  'answer an order': {
    run: async (actor, { id }) =>
      act.answerOrder(actor, { letterId: id, orderId: (await stored(id)).orders[0]?.id ?? newId(), text: why }),
    by: ['handler', 'head'],
    from: held,
    before: async ({ id }) => {
      if (!held.includes((await stored(id)).state)) return;
      await act.orderSupervision(office.supervisor, { letterId: id, reason: why });
    },
  },
  'appeal against a card': {
    run: async (actor, { id }) => act.appealCard(actor, { letterId: id, cardId: await cardOf(id), reason: why }),
    by: ['head'],
    from: carded,
    before: giveCard,
  },
  'decide an appeal': {
    run: async (actor, { id }) =>
      act.decideAppeal(actor, { letterId: id, cardId: await cardOf(id), decision: 'grant', reason: why }),
    by: ['supervisor'],
    from: carded,
    before: async (letter) => {
      await giveCard(letter);
      if (!carded.includes((await stored(letter.id)).state)) return;
      await act.appealCard(office.head, { letterId: letter.id, cardId: await cardOf(letter.id), reason: why });
    },
  },
  'withdraw a card': {
    run: async (actor, { id }) => withdrawCard(actor, { letterId: id, cardId: await cardOf(id), reason: why }),
    by: ['supervisor'],
    from: carded,
    before: giveCard,
  },
  'reassign to another department': {
    run: on((actor, input) => act.reassignLetter(actor, { ...input, departmentId: office.assistingId, reason: why })),
    by: ['clerk'],
    from: ['assigned', 'drafted', 'signed-off'],
  },
  'recall from a department': {
    run: on(act.recallLetter, { reason: why }),
    by: ['clerk'],
    from: ['assigned', 'drafted', 'signed-off'],
  },
  'take over from a colleague': {
    run: (actor, { id }) => act.takeOverLetter(actor, { letterId: id, handlerId: office.head.id }),
    by: ['handler', 'head'],
    from: ['assigned'],
    before: async ({ id }) => {
      if ((await stored(id)).state === 'assigned') await act.signForLetter(office.head, { letterId: id });
    },
    allows: (role) => role !== 'head',
  },
  'appoint a handler': {
    run: (actor, { id }) => act.appointHandler(actor, { letterId: id, handlerId: office.handler.id }),
    by: ['head'],
    from: ['assigned'],
  },
  remind: { run: timed('reminder'), byRole: true, by: [], from: [] },
  'give a card by itself': { run: timed('red'), byRole: true, by: [], from: [] },
  'go on without an answer': { run: on(resumeLetter), by: [], from: [] },
};

/** Who can see the letter at all in a state; everybody else gets 404 whatever they try. */
function sees(role: Role, state: LetterState): boolean {
  if (role === 'clerk' || role === 'supervisor') return true;
  if (role === 'administrator' || role === 'stranger') return false;
  return held.includes(state);
}

async function statusOf(run: Promise<unknown>): Promise<number> {
  try {
    await run;
    return 200;
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
}

describe.each(Object.entries(table))('%s', (_verb, { run, by, from, before, allows, byRole }) => {
  it.each(letterStates)('of a letter that is %s', async (state) => {
    const prepare = async () => {
      const letter = await copyIn(state);
      await before?.(letter);
      return letter;
    };
    const may = (role: Role) => by.includes(role) && from.includes(state) && (allows?.(role, state) ?? true);
    const attempt = async (role: Role, letter: Written) => {
      return [role, await statusOf(run(role === 'writer' ? letter.writer : office[role], letter))] as const;
    };
    const untried = await prepare();
    const untouched = await stored(untried.id);
    const refused = await Promise.all(roles.filter((role) => !may(role)).map((role) => attempt(role, untried)));
    for (const [role, status] of refused) {
      expect([role, status >= 401 && status < 500]).toEqual([role, true]);
      const hidden = !byRole && role !== 'writer' && !by.includes('writer') && !sees(role, state);
      if (hidden) expect([role, status]).toEqual([role, 404]);
    }
    expect(await stored(untried.id)).toEqual(untouched);

    for (const role of roles.filter(may)) {
      const letter = await prepare();
      const earlier = await stored(letter.id);
      const [, status] = await attempt(role, letter);
      const after = await stored(letter.id);
      expect([role, status, after.version > earlier.version]).toEqual([role, 200, true]);
      expect(after.trail.length).toBeGreaterThan(earlier.trail.length);
    }
  });
});

it('tries everything that can happen to a letter', () => {
  // Orders of the timetable have rows of their own; that it reminds people to rate and closes letters is in the sweep's tests
  expect(Object.keys(table)).toHaveLength(Object.keys(transitions).length - 1);
});

it('a code of another letter opens nothing, and neither does a citizen without one', async () => {
  const [one, other] = [await letterIn('assigned', office), await letterIn('assigned', office)];
  const tries = [
    act.withdrawLetter(guestActor(), { number: one.number, code: other.code }),
    act.withdrawLetter(one.writer, { number: one.number, code: '' }),
    act.withdrawLetter(guestActor(), { number: '2026-999999', code: one.code }),
    act.withdrawLetter(guestActor(), { number: one.number, code: one.code.slice(1) }),
  ];
  expect(await Promise.all(tries.map(statusOf))).toEqual([404, 404, 404, 404]);
  expect((await stored(one.id)).state).toBe('assigned');
});

it('two clerks at once: one wins, the other is told', async () => {
  const { id: letterId } = await letterIn('accepted', office);
  const { departmentId, assistingId } = office;
  const statuses = await Promise.all([
    statusOf(act.assignLetter(office.clerk, { letterId, departmentId })),
    statusOf(act.assignLetter(office.clerk, { letterId, departmentId: assistingId })),
  ]);
  expect(statuses.sort()).toEqual([200, 409]);
  expect((await stored(letterId)).trail.filter(({ verb }) => verb === 'assign')).toHaveLength(1);
});
