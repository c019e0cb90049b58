import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { cardMarks } from '../supervision.ts';

const schema = () =>
  z.object({
    ...whichLetter,
    cardId: id,
    decision: z.enum(['grant', 'refuse'], say('errors.required')),
    reason: reason(),
  });

/** 申诉处理: granted, the card is withdrawn; refused, it stands. Appeal and answer stay on record. */
export async function decideAppeal(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, cardId, decision, reason: text } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'decide-appeal', version);
  const card = letter.cards.find((one) => one.id === cardId);
  if (!card?.appeal || card.appeal.answer || card.withdrawn) throw conflict('mailbox.errors.nothing-to-decide');
  const [at, by] = [now(), doerOf(actor)];
  const decided = {
    ...card,
    appeal: { ...card.appeal, answer: { text, at, by } },
    withdrawn: decision === 'grant' ? { reason: text, at, by } : null,
  };
  const cards = letter.cards.map((one) => (one.id === cardId ? decided : one));
  return moveLetter(actor, letter, 'decide-appeal', {
    set: { cards, marks: cardMarks(letter.marks, cards) },
    note: text,
    data: { colour: card.colour, department: card.departmentName, decision },
  });
}
