import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import { staffIn } from '../../identity/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { id, remark, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { tellPerson } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';

const schema = z.object({ ...whichLetter, handlerId: id, remark });

/** 指派承办人: the head says who of the department works on a letter; both the new and the former handler are told. */
export async function appointHandler(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, handlerId, remark: note } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'appoint', version);
  const { handler, lead } = letter;
  if (!lead) throw conflict('mailbox.errors.no-department-yet');
  const person = (await staffIn(lead.path, ['handler', 'head'])).find((one) => one.id === handlerId);
  if (!person) throw invalid({ handlerId: { key: 'mailbox.errors.no-handler-there' } });
  if (handler?.id === person.id) throw conflict('mailbox.errors.handler-already');
  const calendar = await workingCalendar();
  return moveLetter(actor, letter, 'appoint', {
    set: { handler: { kind: 'staff', id: person.id, name: person.name }, signedAt: letter.signedAt ?? now() },
    note,
    data: { handler: person.name },
    tell: [
      tellPerson(letter, lead.departmentId, person.id, 'appointed', calendar),
      ...(handler ? [tellPerson(letter, lead.departmentId, handler.id, 'taken-over', calendar)] : []),
    ],
  });
}
