import type { Message } from '../../../kernel/errors.ts';
import { cityMoment } from '../../../kernel/calendar.ts';
import { cleanText } from '../../../kernel/text.ts';
import { letterKinds, type LetterKind } from '../../letter.ts';
import { letterColumns, type LetterColumn, type Places } from './columns.ts';

/** A past letter as the file gives it, cleaned. */
export interface PastLetter {
  id: string;
  title: string;
  body: string;
  reply: string;
  createdAt: Date;
  repliedAt: Date;
  department: string;
  kind: LetterKind;
}

const kindWords: Record<string, LetterKind> = {
  咨询: 'consultation',
  建议: 'suggestion',
  投诉: 'complaint',
  求助: 'help',
};

/** Longer cells are too long whatever is cleaned away; no cell of a spreadsheet is. */
const longestRaw = 200_000;

/** Reads one record; gives the letter, or what is wrong with it. */
export function readRow(cells: readonly string[], places: Places): PastLetter | Message {
  const raw = (column: LetterColumn): string => cells[places[column] ?? -1] ?? '';
  const cell = (column: LetterColumn): string => cleanText(raw(column).slice(0, longestRaw));
  const line = (column: LetterColumn): string => cell(column).replace(/\s+/g, ' ');
  const fault = (key: string, params?: Message['params']): Message => ({
    key: `mailbox-office.import-faults.${key}`,
    ...(params ? { params } : {}),
  });
  // A character that could not be read says that the file was saved in a way that is not known here
  if (letterColumns.some((column) => raw(column).includes('\ufffd'))) return fault('garbled');
  const id = line('id');
  if (!id || id.length > 60) return fault('no-id');
  const [title, body, reply] = [line('title'), cell('body'), cell('reply')];
  if (!title) return fault('no-title');
  if (!body) return fault('no-body');
  if (!reply) return fault('no-reply');
  if (title.length > 200 || body.length > 50_000 || reply.length > 50_000) return fault('too-long');
  const [createdAt, repliedAt] = [readMoment(line('createdAt')), readMoment(line('repliedAt'))];
  if (!createdAt) return fault('no-moment', { text: line('createdAt').slice(0, 30) || '–' });
  if (!repliedAt) return fault('no-moment', { text: line('repliedAt').slice(0, 30) || '–' });
  if (repliedAt < createdAt) return fault('answered-before');
  const typed = line('kind').toLowerCase();
  const kind = letterKinds.find((one) => one === typed) ?? kindWords[typed] ?? 'consultation';
  return { id, title, body, reply, createdAt, repliedAt, department: line('department'), kind };
}

/** `2019-04-25 09:32:09`, `2019/4/25 9:32`, `2019-04-25` in the city's time; undefined when it is none. */
export function readMoment(text: string): Date | undefined {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (!found) return undefined;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0'] = found;
  const two = (part: string) => part.padStart(2, '0');
  const moment = cityMoment(`${year}-${two(month)}-${two(day)}`, `${two(hour)}:${two(minute)}:${two(second)}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
