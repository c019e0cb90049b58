import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { whichLetter } from '../fields.ts';
import { drafted } from '../drafting.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { replyLengthMax } from '../settings.ts';

const schema = () =>
  z.object({
    ...whichLetter,
    version: z.coerce.number().int().min(0),
    text: typedText({ min: 0, max: replyLengthMax.value() }),
  });

/** 拟稿: keeps the draft. The version seen is needed: the later of two saves is told. Gives the letter, its new version. */
export async function draftReply(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, text } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'draft', version);
  if (letter.draft?.text === text) return letter;
  return moveLetter(actor, letter, 'draft', { set: drafted(letter, text, doerOf(actor), now()) });
}
