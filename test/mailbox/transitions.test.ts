import { beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/kernel/errors.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import * as act from '../../src/mailbox/index.ts';
import { letterStates, type LetterState } from '../../src/mailbox/letter.ts';
import { useDatabase } from '../support/database.ts';
import { guestActor } from '../support/identity.ts';
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
beforeAll(async () => {
  office = await makeOffice();
});

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
    before: async (letter) => {
      if (!done.includes((await stored(letter.id)).state)) return;
      await dissatisfied(letter);
      const { writer, number, code } = letter;
      await act.requestRehandling(writer, { number, code, reason: why });
    },
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
    run: on(act.recordResurvey, { sample: '2026-10', reached: true, satisfaction: 'satisfied' }),
    by: ['clerk', 'supervisor'],
    from: done,
  },
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

describe.each(Object.entries(table))('%s', (_verb, { run, by, from, before, allows }) => {
  it.each(letterStates)('of a letter that is %s', async (state) => {
    const prepare = async () => {
      const letter = await letterIn(state, office);
      await before?.(letter);
      return letter;
    };
    let letter = await prepare();
    for (const role of roles) {
      const actor = role === 'writer' ? letter.writer : office[role];
      const allowed = by.includes(role) && from.includes(state) && (allows?.(role, state) ?? true);
      const untouched = await stored(letter.id);
      const status = await statusOf(run(actor, letter));
      const after = await stored(letter.id);
      if (allowed) {
        expect([role, status, after.version > untouched.version]).toEqual([role, 200, true]);
        expect(after.trail.length).toBeGreaterThan(untouched.trail.length);
        letter = await prepare();
        continue;
      }
      expect([role, status >= 401 && status < 500, after]).toEqual([role, true, untouched]);
      const hidden = role !== 'writer' && !by.includes('writer') && !sees(role, state);
      if (hidden) expect([role, status]).toEqual([role, 404]);
    }
  });
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
