import type { Message } from '../../../kernel/errors.ts';
import { cityMoment } from '../../../kernel/calendar.ts';
import { cleanText } from '../../../kernel/text.ts';
import { letterKinds, type LetterKind } from '../../letter.ts';

/** Names of the columns, by what they hold. */
const columns = {
  id: ['letter_id', 'id', 'number', '编号', '信件编号'],
  title: ['title', '标题', '主题'],
  body: ['body', 'content', '内容', '正文'],
  reply: ['reply', 'answer', '答复', '答复意见', '回复'],
  createdAt: ['created_at', 'submitted_at', '来信时间', '留言时间'],
  repliedAt: ['replied_at', 'answered_at', '答复时间', '回复时间'],
  department: ['department', '部门', '承办单位'],
  kind: ['kind', '类型', '信件类型'],
} as const;
type Column = keyof typeof columns;
const needed: readonly Column[] = ['id', 'title', 'body', 'reply', 'createdAt', 'repliedAt'];

/** Finds the columns in the head of a file: their places, and the names of those that are missing. */
export function readHead(cells: readonly string[]): { places: Partial<Record<Column, number>>; missing: string[] } {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const places: Partial<Record<Column, number>> = {};
  for (const [column, known] of Object.entries(columns) as [Column, readonly string[]][]) {
    const place = names.findIndex((name) => known.includes(name));
    if (place >= 0) places[column] = place;
  }
  return {
    places,
    missing: needed.filter((column) => places[column] === undefined).map((column) => columns[column][0]),
  };
}

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

/** Reads one record; gives the letter, or what is wrong with it. */
export function readRow(cells: readonly string[], places: Partial<Record<Column, number>>): PastLetter | Message {
  const cell = (column: Column): string => cleanText(cells[places[column] ?? -1] ?? '');
  const line = (column: Column): string => cell(column).replace(/\s+/g, ' ');
  const fault = (key: string, params?: Message['params']): Message => ({
    key: `mailbox-office.import-faults.${key}`,
    ...(params ? { params } : {}),
  });
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
