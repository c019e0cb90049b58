import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { remark, whichLetter } from '../fields.ts';
import { plainLetterNumber } from '../../kernel/typedLine.ts';
import { letterByNumber, moveLetter } from '../letterModel.ts';
import { canRead, letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { withMark } from '../supervision.ts';

const schema = z.object({
  ...whichLetter,
  /** Number of the letter that this one repeats; empty takes the link away. */
  original: z.string().trim().max(40).default(''),
  remark,
});

/** 关联重复件: a repeated letter points to the first one and does not count as valid; both stay as they are. */
export async function linkDuplicate(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, original, remark: note } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'link', version);
  const first = original ? await firstOf(actor, letter, original) : null;
  const rest = letter.marks.filter((mark) => mark !== 'duplicate');
  return moveLetter(actor, letter, 'link', {
    set: {
      duplicateOf: first?._id ?? null,
      marks: first ? withMark(rest, 'duplicate') : rest,
      facts: { ...letter.facts, valid: !first && letter.state !== 'declined' },
    },
    note,
    data: { original: first?.number ?? null },
  });
}

async function firstOf(actor: Actor, letter: Letter, number: string): Promise<Letter> {
  const first = await letterByNumber(plainLetterNumber(number));
  const fits = first && first._id !== letter._id && canRead(actor, first) && first.duplicateOf === null;
  if (!fits) throw invalid({ original: { key: 'mailbox.errors.no-original' } });
  return first;
}
