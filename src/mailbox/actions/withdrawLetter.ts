import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { end, stageFacts } from '../clocks.ts';
import { remark } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { tellWriter } from '../notices.ts';
import type { Letter } from '../record.ts';
import { writerFields, writersLetterForAct } from '../writerAccess.ts';

const schema = z.object({ ...writerFields, reason: remark });

/** 撤回: the writer takes the letter back, as long as no answer is signed. It stays on record. */
export async function withdrawLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { number, code, reason } = parse(schema, input);
  const letter = await writersLetterForAct(actor, { number, code }, 'withdraw');
  const [at, calendar] = [now(), await workingCalendar()];
  const clocks = end(letter.clocks, at);
  return moveLetter(actor, letter, 'withdraw', {
    set: {
      clocks,
      closedAt: at,
      marks: letter.marks.filter((mark) => mark !== 'waiting' && mark !== 'extension-asked'),
      facts: { ...letter.facts, answerDueAt: null, stages: stageFacts([...letter.pastClocks, ...clocks]) },
    },
    note: reason,
    tell: [tellWriter(letter, 'withdrawn', calendar)],
  });
}
