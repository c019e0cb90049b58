import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { startClock } from '../../kernel/clock.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { change, running } from '../clocks.ts';
import { whichLetter } from '../fields.ts';
import { letterKinds, procedures, urgencies } from '../letter.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { assignRule } from '../rules.ts';

const schema = z.object({
  ...whichLetter,
  kind: z.enum(letterKinds),
  subject: z.string().trim().max(60),
  urgency: z.enum(urgencies),
  procedure: z.enum(procedures),
});

/**
 * 分类: kind, subject class, urgency, procedure. A new urgency gives the assign stage its own time from its beginning.
 * Once a department has the letter its deadline is decided, so kind and procedure stay then.
 */
export async function classifyLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, ...chosen } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'classify', version);
  const decided = running(letter.clocks, 'answer') !== undefined;
  if (decided && (chosen.kind !== letter.kind || chosen.procedure !== letter.procedure)) {
    throw conflict('mailbox.errors.deadline-decided');
  }
  const calendar = await workingCalendar();
  const clocks =
    chosen.urgency === letter.urgency
      ? letter.clocks
      : change(letter.clocks, 'assign', (clock) =>
          startClock('assign', assignRule(chosen.urgency), clock.startedAt, calendar),
        );
  return moveLetter(actor, letter, 'classify', { set: { ...chosen, clocks }, data: chosen });
}
