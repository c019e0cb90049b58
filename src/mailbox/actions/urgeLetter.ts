import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { remark, whichLetter } from '../fields.ts';
import { moveLetter } from '../letterModel.ts';
import { tellDepartment } from '../notices.ts';
import { letterForAct } from '../policy.ts';
import type { Letter } from '../record.ts';
import { withMark } from '../supervision.ts';

const schema = z.object({ ...whichLetter, remark });

/** 催办: the department that has the letter is asked to hurry. */
export async function urgeLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { letterId, version, remark: note } = parse(schema, input);
  const letter = await letterForAct(actor, letterId, 'urge', version);
  const { lead } = letter;
  if (!lead) throw conflict('mailbox.errors.no-department-yet');
  const calendar = await workingCalendar();
  return moveLetter(actor, letter, 'urge', {
    set: {
      urges: [...letter.urges, { at: now(), by: doerOf(actor), note }],
      marks: withMark(letter.marks, 'urged'),
    },
    note,
    data: { department: lead.name },
    tell: [tellDepartment(letter, lead.departmentId, 'urged', calendar, { note })],
  });
}
