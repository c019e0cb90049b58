import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { begin, running } from '../clocks.ts';
import { reason, whichLetter } from '../fields.ts';
import { withoutDepartment } from '../leaving.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { assignRule } from '../rules.ts';

const schema = () => z.object({ ...whichLetter, reason: reason() });

/** 退办: a misdirected letter goes back to the clerk, inside the return window only, with a reason. */
export async function returnLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'return', version);
  const [at, calendar] = [now(), await workingCalendar()];
  const until = running(letter.clocks, 'return')?.deadline.dueAt;
  if (!until || until < at) throw conflict('mailbox.errors.return-window-over');
  if (letter.passedFrom.length > 0) throw conflict('mailbox.errors.passed-letters-go-up');
  const left = withoutDepartment(letter, at);
  return moveLetter(actor, letter, 'return', {
    set: {
      ...left,
      clocks: begin(left.clocks, 'assign', assignRule(letter.urgency), at, calendar),
      facts: { ...left.facts, returns: letter.facts.returns + 1 },
    },
    note: why,
    data: { department: letter.lead?.name ?? '' },
  });
}
