import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { running } from '../clocks.ts';
import { doerOf } from '../doer.ts';
import { reason, whichLetter } from '../fields.ts';
import { mayAskExtension } from '../letter.ts';
import { moveLetter } from '../letterModel.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { extensionMax } from '../rules.ts';
import { withMark } from '../supervision.ts';

const schema = () => z.object({ ...whichLetter, amount: z.coerce.number().int().min(1), reason: reason() });

/** 申请延期: once, before the deadline, with a reason; in units of the letter's rule. The clerk decides. */
export async function requestExtension(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, amount, reason: why } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'ask-extension', version);
  const maximum = extensionMax(letter.procedure);
  if (amount > maximum) throw invalid({ amount: { key: 'mailbox.errors.extension-too-long', params: { maximum } } });
  if (!mayAskExtension(letter)) throw conflict('mailbox.errors.extension-once');
  const at = now();
  const dueAt = running(letter.clocks, 'answer')?.deadline.dueAt;
  if (dueAt && dueAt < at) throw conflict('mailbox.errors.extension-too-late');
  const asked = { id: newId(), state: 'asked', round: letter.round, amount, reason: why } as const;
  return moveLetter(actor, letter, 'ask-extension', {
    set: {
      extension: { ...asked, askedAt: at, askedBy: doerOf(actor), decidedAt: null, remark: '' },
      marks: withMark(letter.marks, 'extension-asked'),
    },
    note: why,
    data: { amount },
  });
}
