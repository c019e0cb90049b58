import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { end, resume, running } from '../clocks.ts';
import { whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';

const schema = z.object(whichLetter);

/** The writer did not answer in the time they were given: the department goes on with what is known. By timetable. */
export async function resumeLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'resume', version);
  const [at, calendar] = [now(), await workingCalendar()];
  const until = running(letter.clocks, 'supplement')?.deadline.dueAt;
  if (!until || until >= at) throw conflict('mailbox.errors.nothing-asked');
  return moveLetter(actor, letter, 'resume', {
    set: {
      clocks: end(resume(letter.clocks, at, calendar), at, 'supplement'),
      inquiries: letter.inquiries.map((one) =>
        one.answer ? one : { ...one, answer: { text: '', at, attachments: [] } },
      ),
      marks: letter.marks.filter((mark) => mark !== 'waiting'),
    },
  });
}
