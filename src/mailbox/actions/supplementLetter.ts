import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { attachUploads, waitingOf } from '../../platform/uploads/store.ts';
import { end, resume } from '../clocks.ts';
import { several } from '../fields.ts';
import { fileOwner } from '../namedFiles.ts';
import { moveLetter } from '../letterModel.ts';
import { tellDepartment } from '../notices.ts';
import type { Letter } from '../record.ts';
import { attachmentsMax, bodyLengthMax } from '../settings.ts';
import { writerFields, writersLetterForAct } from '../writerAccess.ts';

const schema = () =>
  z.object({
    ...writerFields,
    text: typedText({ min: 1, max: bodyLengthMax.value() }),
    attachments: several(z.string().max(40), attachmentsMax.value()),
  });

/**
 * 补充材料: the writer answers what they were asked and the clocks run again. Writing when nothing was asked changes no
 * clock: it is refused, so that a “thank you” does not restart anything.
 */
export async function supplementLetter(actor: Actor, input: unknown): Promise<Letter> {
  const { number, code, text, ...given } = parse(schema(), input);
  const letter = await writersLetterForAct(actor, { number, code }, 'supplement');
  const open = letter.inquiries.find(({ answer }) => answer === null);
  if (!open) throw conflict('mailbox.errors.nothing-asked');
  const [at, calendar] = [now(), await workingCalendar()];
  const attachments = await waitingOf(given.attachments, actor.id);
  const answer = { text, at, attachments };
  const moved = await moveLetter(actor, letter, 'supplement', {
    set: {
      clocks: end(resume(letter.clocks, at, calendar), at, 'supplement'),
      inquiries: letter.inquiries.map((one) => (one.id === open.id ? { ...one, answer } : one)),
      marks: letter.marks.filter((mark) => mark !== 'waiting'),
    },
    tell: letter.lead ? [tellDepartment(letter, letter.lead.departmentId, 'supplemented', calendar)] : [],
  });
  if (attachments.length > 0) await attachUploads(attachments, actor.id, fileOwner(letter._id));
  return moved;
}
