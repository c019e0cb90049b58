import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { end, resume } from '../clocks.ts';
import { doerOf } from '../doer.ts';
import { remark, whichLetter } from '../fields.ts';
import { drafted } from '../drafting.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { replyLengthMax } from '../settings.ts';

const schema = () => z.object({ ...whichLetter, text: typedText({ min: 20, max: replyLengthMax.value() }), remark });

/** 送审: the draft goes to the head of the department. Clocks that waited for the writer run again. */
export async function submitForSignOff(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, text, remark: note } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'submit', version);
  const [at, calendar] = [now(), await workingCalendar()];
  const by = doerOf(actor);
  return moveLetter(actor, letter, 'submit', {
    set: {
      ...drafted(letter, text, by, at),
      handler: letter.handler ?? by,
      signedAt: letter.signedAt ?? at,
      clocks: end(resume(letter.clocks, at, calendar), at, 'supplement', 'return'),
      marks: letter.marks.filter((mark) => mark !== 'waiting' && mark !== 'sent-back'),
    },
    note,
  });
}
