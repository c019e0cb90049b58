import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { releaseChange } from '../release.ts';

const schema = z.object(whichLetter);

/** 发布答复: the clerk sends the signed reply to the writer; every clock ends and the facts are frozen. */
export async function releaseReply(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'release', version);
  const { set, tell } = releaseChange(letter, now(), await workingCalendar());
  return moveLetter(actor, letter, 'release', { set, tell });
}
