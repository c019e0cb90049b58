import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { endClock } from '../../kernel/clock.ts';
import { forbidden } from '../../kernel/errors.ts';
import { mayIn } from '../../kernel/may.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { replyLengthMax } from '../settings.ts';

const schema = () =>
  z.object({
    ...whichLetter,
    departmentId: z.string().max(40).default(''),
    text: typedText({ min: 5, max: replyLengthMax.value() }),
  });

/** 会办意见: an assisting department tells the lead what it knows; a later opinion replaces the earlier one. */
export async function giveAssistingOpinion(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, departmentId, text } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'opinion', version);
  const own = letter.assisting.filter(({ path }) => mayIn(actor, path, 'handler', 'head'));
  const chosen = own.find((one) => one.departmentId === departmentId) ?? own[0];
  if (!chosen) throw forbidden('mailbox.errors.not-your-part');
  const at = now();
  const opinion = { text, at, by: doerOf(actor) };
  return moveLetter(actor, letter, 'opinion', {
    set: {
      assisting: letter.assisting.map((one) =>
        one.departmentId === chosen.departmentId ? { ...one, opinion, clock: endClock(one.clock, at) } : one,
      ),
    },
    note: text,
    data: { department: chosen.name },
  });
}
