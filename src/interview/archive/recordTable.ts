import { stringify } from 'csv-stringify/sync';
import { DateTime } from 'luxon';
import type { Language } from '../../kernel/language.ts';
import { cityZone } from '../../kernel/time.ts';
import { config } from '../../config.ts';
import { translate } from '../../platform/language.ts';
import { signersOf, type InterviewRecord, type RecordedQuestion } from './record.ts';

/** As the page and the other files say it, in a form that spreadsheets sort. */
const cityTime = (at: Date) => DateTime.fromJSDate(at, { zone: cityZone }).toFormat('yyyy-MM-dd HH:mm:ss');

const columns = [
  'kind',
  'id',
  'text',
  'asker',
  'asked-at',
  'supports',
  'alike',
  'edited',
  'guest',
  'guest-title',
  'answer',
  'answered-at',
  'department',
  'written',
  'corrected',
  'picture',
] as const;
type Line = Partial<Record<(typeof columns)[number], string | number>>;

function questionLines(question: RecordedQuestion, kind: string, department: string, language: Language): Line[] {
  const { id, text, asker, at, supports, alike, answers } = question;
  const name = asker.name ?? translate(language, 'interview.asker.unnamed', { tag: asker.tag });
  const edited = question.edited ? translate(language, 'interview.question.edited') : '';
  const line: Line = { kind, id, text, asker: name, 'asked-at': cityTime(at), supports, alike, edited, department };
  if (answers.length === 0) return [line];
  return answers.map((answer) => ({
    ...line,
    guest: signersOf(answer)
      .map(({ name }) => name)
      .join('; '),
    'guest-title': signersOf(answer)
      .map(({ title }) => title)
      .join('; '),
    answer: answer.text,
    'answered-at': cityTime(answer.at),
    corrected: answer.corrected ? translate(language, 'interview.answer.corrected') : '',
  }));
}

/**
 * Writes a record as CSV for spreadsheets: with a byte order mark, and nothing that a spreadsheet would run as a
 * formula. One line an answer, an unanswered question, or a turn of the record. Times are the city's.
 */
export function recordTable(record: InterviewRecord, language: Language): string {
  const say = (key: string) => translate(language, key);
  const department = record.interview.departmentName[language];
  const questions = [...record.groups.flatMap((group) => group.questions), ...record.unanswered];
  const lines: Line[] = [
    ...questions.flatMap((question) => {
      const kind = say(question.answers.length > 0 ? 'interview.mine.answered' : 'interview-archive.unanswered');
      return questionLines(question, kind, department, language);
    }),
    ...record.turns.map((turn) => ({
      kind: say('interview.record.title'),
      id: turn.id,
      text: turn.text,
      guest: turn.picture ? '' : turn.speakerName || say('interview.roles.host'),
      'guest-title': turn.speakerTitle,
      'answered-at': cityTime(turn.at),
      department,
      written: say(`interview-record.kinds.${turn.kind}`),
      corrected: turn.corrected ? say('interview.turn.corrected') : '',
      picture: turn.picture ? config.baseUrl + turn.picture.src : '',
    })),
  ];
  return stringify(lines, {
    header: true,
    columns: columns.map((key) => ({ key, header: say(`interview-archive.columns.${key}`) })),
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
