import { plainHeading } from '../../../platform/documents/table.ts';

/** What a column can hold, and the headings by which it is known. */
const known = {
  id: ['letter_id', 'id', 'number', '编号', '信件编号', '流水号', '受理编号', '序号'],
  title: ['title', 'subject', '标题', '主题', '信件标题', '来信标题'],
  body: ['body', 'content', '内容', '正文', '来信内容', '信件内容', '诉求内容'],
  reply: ['reply', 'answer', '答复', '答复意见', '答复内容', '回复', '回复内容', '办理结果'],
  createdAt: ['created_at', 'submitted_at', '来信时间', '来信日期', '留言时间', '提交时间', '受理时间'],
  repliedAt: ['replied_at', 'answered_at', '答复时间', '答复日期', '回复时间', '办结时间'],
  department: ['department', '部门', '承办单位', '办理单位', '答复单位'],
  kind: ['kind', 'type', '类型', '信件类型', '类别'],
} as const;

export const letterColumns = Object.keys(known) as LetterColumn[];
export type LetterColumn = keyof typeof known;
export const neededColumns: readonly LetterColumn[] = ['id', 'title', 'body', 'reply', 'createdAt', 'repliedAt'];

/** Where each column stands in a row, counted from 0. */
export type Places = Partial<Record<LetterColumn, number>>;

/** Finds the columns by the headings of a file. */
export function guessPlaces(headings: readonly string[]): Places {
  const plain = headings.map(plainHeading);
  const places: Places = {};
  for (const column of letterColumns) {
    const place = plain.findIndex((heading) => known[column].some((name) => plainHeading(name) === heading));
    if (place >= 0) places[column] = place;
  }
  return places;
}

/** The columns without which a letter cannot be taken, and that nobody found or chose. */
export const missingColumns = (places: Places): LetterColumn[] =>
  neededColumns.filter((column) => places[column] === undefined);
