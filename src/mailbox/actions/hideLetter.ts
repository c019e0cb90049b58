import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import { auditTarget } from '../publication.ts';
import type { Letter } from '../record.ts';

const schema = () => z.object({ ...whichLetter, reason: reason() });

/** 撤下: a published letter is no longer public; the redacted version is kept for publishing again. */
export async function hideLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'hide', version);
  if (letter.visibility === 'private') throw conflict('mailbox.errors.not-public');
  const moved = await moveLetter(actor, letter, 'hide', { set: { visibility: 'private' }, note: why });
  const [before, after] = [{ visibility: letter.visibility }, { visibility: 'private' }];
  await recordAudit(actor, { verb: 'letter.hide', target: auditTarget(letter), before, after });
  return moved;
}
