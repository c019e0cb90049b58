import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { reason } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import type { Letter } from '../record.ts';
import { withMark } from '../supervision.ts';
import { writerFields, writersLetterForAct } from '../writerAccess.ts';

const schema = () => z.object({ ...writerFields, reason: reason() });

/** 申请重办: once, by a writer who said that they are not satisfied. The letter does not close meanwhile. */
export async function requestRehandling(actor: Actor, input: unknown): Promise<Letter> {
  const { number, code, reason: why } = parse(schema(), input);
  const letter = await writersLetterForAct(actor, { number, code }, 'ask-rehandling');
  if (letter.rehandling || letter.round > 1) throw conflict('mailbox.errors.rehandling-once');
  if (letter.rating?.satisfaction !== 'dissatisfied') throw conflict('mailbox.errors.rehandling-needs-rating');
  const rehandling = { state: 'asked', reason: why, askedAt: now(), remark: '', decidedAt: null } as const;
  return moveLetter(actor, letter, 'ask-rehandling', {
    set: { rehandling, closeAt: null, marks: withMark(letter.marks, 'rehandling-asked') },
    note: why,
  });
}
