import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { answersFor, letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { cardMarks } from '../supervision.ts';

const schema = () => z.object({ ...whichLetter, cardId: id, reason: reason() });

/** 申诉: the head of the department that got a card says why it is not deserved; once a card. */
export async function appealCard(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, cardId, reason: text } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'appeal-card', version);
  const card = letter.cards.find((one) => one.id === cardId);
  if (!card || card.appeal || card.withdrawn) throw conflict('mailbox.errors.nothing-to-decide');
  if (!answersFor(actor, card, 'head')) throw forbidden('mailbox.errors.not-your-part');
  const appeal = { text, at: now(), by: doerOf(actor), answer: null };
  const cards = letter.cards.map((one) => (one.id === cardId ? { ...one, appeal } : one));
  return moveLetter(actor, letter, 'appeal-card', {
    set: { cards, marks: cardMarks(letter.marks, cards) },
    note: text,
    data: { colour: card.colour, department: card.departmentName },
  });
}
