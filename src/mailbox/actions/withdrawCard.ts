import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { cardMarks } from '../supervision.ts';

const schema = () => z.object({ ...whichLetter, cardId: id, reason: reason() });

/** 撤牌: a card that was given wrongly no longer counts; it stays on record with the reason. */
export async function withdrawCard(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, cardId, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'withdraw-card', version);
  const card = letter.cards.find((one) => one.id === cardId);
  if (!card || card.withdrawn) throw conflict('mailbox.errors.nothing-to-decide');
  const withdrawn = { reason: why, at: now(), by: doerOf(actor) };
  const cards = letter.cards.map((one) => (one.id === cardId ? { ...one, withdrawn } : one));
  return moveLetter(actor, letter, 'withdraw-card', {
    set: { cards, marks: cardMarks(letter.marks, cards) },
    note: why,
    data: { colour: card.colour, department: card.departmentName },
  });
}
