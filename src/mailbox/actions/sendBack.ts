import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { reason, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { tellDepartment } from '../notices.ts';
import { letterForAct, partiesOf } from '../policy.ts';
import type { Letter } from '../record.ts';

const schema = () => z.object({ ...whichLetter, reason: reason() });

/** 退回修改: the head sends a draft back, the clerk a signed reply, both with remarks. The clock goes on. */
export async function sendBack(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, reason: text } = parse(schema(), input);
  const letter = await letterForAct(actor, letterId, 'send-back', version);
  const parties = partiesOf(actor, letter);
  if (!parties.has(letter.state === 'drafted' ? 'head' : 'clerk')) throw forbidden('mailbox.errors.not-your-part');
  const calendar = await workingCalendar();
  return moveLetter(actor, letter, 'send-back', {
    set: {
      signature: null,
      remarks: [...letter.remarks, { text, at: now(), by: doerOf(actor) }],
      marks: [...letter.marks.filter((mark) => mark !== 'sent-back'), 'sent-back'],
    },
    note: text,
    tell: letter.lead ? [tellDepartment(letter, letter.lead.departmentId, 'sent-back', calendar)] : [],
  });
}
