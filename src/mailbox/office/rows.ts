import type { WorkingCalendar } from '../../kernel/calendar.ts';
import type { Language } from '../../kernel/language.ts';
import type { QueueRow } from '../board.ts';
import type { ArchivedLetter } from '../archive.ts';
import { dueWords, kindWord, listMarks, sayIn, stateTone, stateWord } from './words.ts';
import { nameInLanguage } from '../../organization/index.ts';

export const letterPath = (number: string): string => `/office/letters/${number}`;

interface Seen {
  at: Date;
  calendar: WorkingCalendar;
  language: Language;
}

/** One letter as a table of the office shows it. */
export function tableRow(row: QueueRow, { at, calendar, language }: Seen) {
  const say = sayIn(language);
  return {
    key: `${row.id}~${row.version}`,
    href: letterPath(row.number),
    number: row.number,
    title: row.title,
    urgent: row.urgency === 'normal' ? '' : say(`urgencies.${row.urgency}`),
    kind: kindWord(row.kind, language),
    state: { tone: stateTone(row.state), text: stateWord(row.state, language) },
    department: nameInLanguage(row.lead?.name ?? '', language),
    handler: row.handlerName,
    submittedAt: row.submittedAt,
    due: dueWords(row.dueAt, at, calendar, say),
    marks: listMarks(row.marks, say),
  };
}
export type TableRow = ReturnType<typeof tableRow>;

/** A letter of the archive in the shape of a queue's row. */
export const archiveRow = (letter: ArchivedLetter): QueueRow =>
  ({
    ...letter,
    id: letter._id,
    handlerName: letter.handler?.name ?? '',
    handlerId: letter.handler?.id ?? null,
  }) as unknown as QueueRow;
