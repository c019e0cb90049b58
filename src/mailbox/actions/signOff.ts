import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { remark, whichLetter } from '../fields.ts';
import { drafted } from '../drafting.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { releaseChange } from '../release.ts';
import { needsRelease } from '../rules.ts';
import { replyLengthMax } from '../settings.ts';

const schema = () =>
  z.object({
    ...whichLetter,
    /** The head may correct the draft while signing. */
    text: typedText({ min: 20, max: replyLengthMax.value() }).optional(),
    remark,
  });

/** 审签: the head signs. Where no release by the clerk is needed, the reply goes out with the signature. */
export async function signOff(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, text, remark: note } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'sign-off', version);
  const [at, calendar] = [now(), await workingCalendar()];
  const by = doerOf(actor);
  const change = text ? drafted(letter, text, by, at) : {};
  const signed = { ...letter, ...change, signature: { at, by } };
  if (!needsRelease(letter.lead?.departmentId ?? '')) {
    const { set, tell } = releaseChange(signed, at, calendar);
    return moveLetter(actor, letter, 'sign-off', { to: 'replied', set: { ...change, ...set }, note, tell });
  }
  return moveLetter(actor, letter, 'sign-off', { set: { ...change, signature: signed.signature }, note });
}
