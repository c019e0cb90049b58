import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { end, stageFacts } from '../clocks.ts';
import { reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { tellWriter } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';

const schema = () => z.object({ ...whichLetter, reason: reason() });

/** 不予受理: with a reason that the writer is told. */
export async function declineLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'decline', version);
  const [at, calendar] = [now(), await workingCalendar()];
  const clocks = end(letter.clocks, at);
  return moveLetter(actor, letter, 'decline', {
    set: {
      clocks,
      declineReason: why,
      closedAt: at,
      facts: { ...letter.facts, valid: false, stages: stageFacts(clocks) },
    },
    note: why,
    tell: [tellWriter(letter, 'declined', calendar, { reason: why })],
  });
}
