import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { extendClock } from '../../kernel/clock.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { change, running } from '../clocks.ts';
import { remark, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { moment, tellWriter } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { withMark } from '../supervision.ts';

const schema = z.object({ ...whichLetter, decision: z.enum(['grant', 'refuse'], say('errors.required')), remark });

/** 延期审批: granted, the deadline moves and the writer is told; refused, it stays, with a reason for the department. */
export async function decideExtension(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, decision, remark: text } = parse(schema, input);
  const verb = decision === 'grant' ? 'grant-extension' : 'refuse-extension';
  const letter = await letterForAct(actor, letterId, verb, version);
  const { extension } = letter;
  if (extension?.state !== 'asked') throw conflict('mailbox.errors.nothing-to-decide');
  const [at, calendar] = [now(), await workingCalendar()];
  const marks = letter.marks.filter((mark) => mark !== 'extension-asked');
  if (decision === 'refuse') {
    if (!text) throw invalid({ remark: { key: 'errors.required' } });
    const refused = { ...extension, state: 'refused', decidedAt: at, remark: text } as const;
    return moveLetter(actor, letter, verb, { set: { extension: refused, marks }, note: text });
  }
  const clocks = change(letter.clocks, 'answer', (clock) => extendClock(clock, extension.amount, at, calendar));
  const dueAt = running(clocks, 'answer')?.deadline.dueAt ?? null;
  return moveLetter(actor, letter, verb, {
    set: {
      clocks,
      extension: { ...extension, state: 'granted', decidedAt: at, remark: text },
      marks: withMark(marks, 'extended'),
      facts: { ...letter.facts, extended: true, ...(letter.round === 1 && dueAt ? { answerDueAt: dueAt } : {}) },
    },
    note: text,
    data: { amount: extension.amount, dueAt: moment(dueAt) },
    tell: [tellWriter(letter, 'extended', calendar, { reason: extension.reason, dueAt: moment(dueAt) })],
  });
}
