import { lookInto } from './content.ts';
import { drawAnew, drawForPrint, drawSmall } from './picture.ts';
import { copyTable } from './copyTable.ts';
import { wordsOfDocument } from './word.ts';

/** What the process that reads foreign files can be asked. */
export const tasks = {
  content: lookInto,
  picture: drawAnew,
  'small-picture': drawSmall,
  'printed-picture': drawForPrint,
  words: wordsOfDocument,
  table: copyTable,
};
export type TaskName = keyof typeof tasks;
export type TaskInput<Task extends TaskName> = Parameters<(typeof tasks)[Task]>[0];
export type TaskResult<Task extends TaskName> = Awaited<ReturnType<(typeof tasks)[Task]>>;
