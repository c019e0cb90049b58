import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { printFont } from '../../platform/fonts.ts';
import { id } from '../fields.ts';
import { findInterview, type Interview } from '../interviewModel.ts';
import { exportFormats, type ExportFormat } from './exportFormats.ts';
import { keptFile } from './fileCache.ts';
import { printedPictures } from './printedPictures.ts';
import { recordOf } from './record.ts';
import { recordPdf } from './recordPdf.ts';
import { recordTable } from './recordTable.ts';
import { recordText } from './recordText.ts';
import { recordWord } from './recordWord.ts';

const schema = z.object({ interviewId: id, format: z.enum(exportFormats) });

const types: Record<ExportFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
};

/** Gives an interview that is over, whose record is public; otherwise a 404. */
export async function findFinished(interviewId: string): Promise<Interview> {
  const interview = await findInterview(interviewId);
  if (interview.state !== 'closed' && interview.state !== 'archived')
    throw notFound('interview-archive.errors.no-record-yet');
  return interview;
}

/** Writes the record of a finished interview as a file, in the reader's language. */
export async function exportRecord(
  actor: Actor,
  input: unknown,
): Promise<{ name: string; type: string; content: Buffer }> {
  const { interviewId, format } = parse(schema, input);
  const record = await recordOf(await findFinished(interviewId));
  const { topic, departmentName } = record.interview;
  const font = format === 'pdf' ? (printFont()?.path ?? 'none') : '';
  const content = await keptFile(record, `${format} ${actor.language} ${font}`, async () => {
    if (format === 'csv') return Buffer.from(recordTable(record, actor.language));
    const text = recordText(record, actor.language, await printedPictures(record));
    return format === 'docx' ? recordWord(topic, departmentName[actor.language], text) : recordPdf(topic, text);
  });
  return { name: `${topic}.${format}`, type: types[format], content };
}
