import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { begin, end } from '../clocks.ts';
import { tick, whichLetter } from '../fields.ts';
import { letterKinds, procedures, urgencies } from '../letter.ts';
import { moveLetter } from '../letterModel.ts';
import { tellWriter } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { assignRule } from '../rules.ts';

const schema = z.object({
  ...whichLetter,
  kind: z.enum(letterKinds).optional(),
  subject: z.string().trim().max(60).optional(),
  urgency: z.enum(urgencies).default('normal'),
  procedure: z.enum(procedures).default('ordinary'),
  /** Falls silent: the writer is told later, with the department. */
  quiet: tick,
});

/** 受理: the clerk takes the letter up and says how urgent it is; the time for finding a department begins. */
export async function acceptLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, quiet, ...chosen } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'accept', version);
  const [at, calendar] = [now(), await workingCalendar()];
  const clocks = begin(end(letter.clocks, at, 'accept'), 'assign', assignRule(chosen.urgency), at, calendar);
  const kind = chosen.kind ?? letter.kind;
  const subject = chosen.subject ?? letter.subject;
  const { urgency, procedure } = chosen;
  const facts = { ...letter.facts, acceptedAt: at };
  return moveLetter(actor, letter, 'accept', {
    set: { kind, subject, urgency, procedure, clocks, facts },
    data: { kind, subject, urgency, procedure },
    tell: quiet ? [] : [tellWriter({ urgency }, 'accepted', calendar, {})],
  });
}
