import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { remark, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';

const schema = z.object({ ...whichLetter, remark });

/** 办结: nothing more is expected. By a clerk, or by the timetable when it is time; never over an open wish. */
export async function closeLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, remark: note } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'close', version);
  if (letter.rehandling?.state === 'asked') throw conflict('mailbox.errors.rehandling-undecided');
  return moveLetter(actor, letter, 'close', {
    set: { closedAt: now(), closeAt: null, ratingReminderAt: null },
    note,
  });
}
