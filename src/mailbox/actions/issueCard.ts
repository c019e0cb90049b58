import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { cardFor } from '../cards.ts';
import { doerOf } from '../doer.ts';
import { reason, whichLetter } from '../fields.ts';
import { cardColours } from '../letter.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { cardMarks } from '../supervision.ts';

const schema = () =>
  z.object({ ...whichLetter, colour: z.enum(cardColours, say('errors.required')), reason: reason() });

/** 发牌: a supervisor gives a yellow or red card by hand. The automatic ones come from the timetable. */
export async function issueCard(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, colour, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'card', version);
  if (!letter.lead) throw conflict('mailbox.errors.no-department-yet');
  const calendar = await workingCalendar();
  const { card, notices } = cardFor(letter, letter.lead, {
    colour,
    reason: why,
    by: doerOf(actor),
    at: now(),
    dueAt: null,
    calendar,
  });
  const cards = [...letter.cards, card];
  return moveLetter(actor, letter, 'card', {
    set: { cards, marks: cardMarks(letter.marks, cards) },
    note: why,
    data: { colour, department: letter.lead.name },
    tell: notices,
  });
}
