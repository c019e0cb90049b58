import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { moveClock } from '../../kernel/clock.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { cityDue, laterCityDue } from '../clocks.ts';
import { reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { moment } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';

const schema = () => z.object({ ...whichLetter, reason: reason() });

/** 顺延期限: free days were announced after the deadlines of a letter had been frozen; they move to today's count. */
export async function moveDeadline(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'move-deadline', version);
  const [at, calendar] = [now(), await workingCalendar()];
  if (!laterCityDue(letter.clocks, calendar)) throw conflict('mailbox.errors.nothing-to-decide');
  const clocks = letter.clocks.map((clock) => moveClock(clock, at, calendar, why));
  const assisting = letter.assisting.map((one) => ({ ...one, clock: moveClock(one.clock, at, calendar, why) }));
  return moveLetter(actor, letter, 'move-deadline', {
    set: { clocks, assisting, laterDueAt: null },
    note: why,
    data: { dueAt: moment(cityDue(clocks)) },
  });
}
