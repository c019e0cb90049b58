import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { doerOf } from '../doer.ts';
import { id, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { tellPerson } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';

/** `handlerId`: who has the letter, as the person who takes it over saw it. */
const schema = z.object({ ...whichLetter, handlerId: id });

/** 转为我承办: takes a letter over from a colleague who signed for it; the colleague is told. */
export async function takeOverLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, handlerId } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'take-over', version);
  const { handler, lead } = letter;
  if (!handler || !lead || handler.id !== handlerId) throw conflict('mailbox.errors.somebody-was-faster');
  if (handler.id === actor.id) throw conflict('mailbox.errors.signed-already');
  return moveLetter(actor, letter, 'take-over', {
    set: { handler: doerOf(actor) },
    data: { from: handler.name },
    tell: [tellPerson(letter, lead.departmentId, handler.id, 'taken-over', await workingCalendar())],
  });
}
