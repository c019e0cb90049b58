import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { startClock } from '../../kernel/clock.ts';
import { conflict } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { pause, waitsForWriter } from '../clocks.ts';
import { doerOf } from '../doer.ts';
import { whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { moment, tellWriter } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { supplementRule } from '../rules.ts';

const schema = z.object({ ...whichLetter, text: typedText({ min: 5, max: 1000 }) });

/** 要求补充: the writer is asked for what is missing; the department's clocks stop until they answer. */
export async function askWriter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, text } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'ask', version);
  if (waitsForWriter(letter.clocks)) throw conflict('mailbox.errors.asked-already');
  const [at, calendar] = [now(), await workingCalendar()];
  const waiting = startClock('supplement', supplementRule(), at, calendar);
  return moveLetter(actor, letter, 'ask', {
    set: {
      clocks: [...pause(letter.clocks, at, calendar), waiting],
      inquiries: [...letter.inquiries, { id: newId(), text, at, by: doerOf(actor), answer: null }],
      marks: [...letter.marks, 'waiting'],
    },
    note: text,
    tell: [tellWriter(letter, 'asked', calendar, { text, until: moment(waiting.deadline.dueAt) })],
  });
}
