import type { Language } from '../../kernel/language.ts';
import { config } from '../../config.ts';
import { translate } from '../../platform/language.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { owedUntil } from '../closing/endingView.ts';
import type { Interview } from '../interviewModel.ts';
import type { PrintedPicture, PrintedPictures } from './printedPictures.ts';
import {
  signersOf,
  type InterviewRecord,
  type RecordedAnswer,
  type RecordedQuestion,
  type RecordedTurn,
} from './record.ts';

/** A paragraph of the printed record, by its part in it. */
export interface Paragraph {
  kind: 'title' | 'lead' | 'heading' | 'subheading' | 'question' | 'meta' | 'speaker' | 'text' | 'picture';
  text: string;
  picture?: PrintedPicture;
}

type Say = (key: string, params?: Record<string, unknown>) => string;

function facts({ interview, figures, rating }: InterviewRecord, language: Language, say: Say): Paragraph[] {
  const when = `${writeDate(interview.startsAt, 'weekday', language)} ${writeDate(interview.startsAt, 'clock', language)}`;
  const guests = interview.guests.map(({ name, title }) => `${name} ${title}`).join(say('interview.office.and'));
  const percent = figures.published === 0 ? null : ((100 * figures.answered) / figures.published).toFixed(1);
  const lines = [
    say('interview-archive.print.department', { name: interview.departmentName[language] }),
    say('interview-archive.print.when', { when }),
    say('interview-archive.print.guests', { guests }),
    say('interview-archive.print.people', { participants: figures.participants, peak: interview.peakOnline }),
    say('interview-archive.print.questions', {
      asked: figures.asked,
      published: figures.published,
      answered: figures.answered,
    }),
    ...(percent === null
      ? []
      : [say('interview-archive.print.rate', { percent, part: figures.answered, whole: figures.published })]),
    ...(rating.mean === null
      ? []
      : [say('interview-archive.print.rating', { mean: rating.mean.toFixed(1), n: rating.count })]),
    say('interview-archive.print.address', { address: `${config.baseUrl}/interviews/${interview._id}` }),
  ];
  return lines.map((text) => ({ kind: 'meta', text }));
}

function question(one: RecordedQuestion, language: Language, say: Say): Paragraph[] {
  const asker = one.asker.name ?? say('interview.asker.unnamed', { tag: one.asker.tag });
  const at = (moment: Date) => writeDate(moment, 'exact', language);
  return [
    { kind: 'question', text: one.text },
    {
      kind: 'meta',
      text: [
        asker,
        at(one.at),
        say('interview.support.count', { count: one.supports }),
        ...(one.alike > 0 ? [say('interview.question.alike', { count: one.alike })] : []),
        ...(one.edited ? [say('interview.question.edited')] : []),
      ].join(' · '),
    },
    ...one.answers.flatMap((answer): Paragraph[] => [
      { kind: 'speaker', text: signed(answer, say) },
      { kind: 'text', text: answer.text },
      {
        kind: 'meta',
        text: answer.corrected ? `${at(answer.at)} · ${say('interview.answer.corrected')}` : at(answer.at),
      },
    ]),
  ];
}

/** Who signed an answer: all of them, and that they did so together. */
function signed(answer: RecordedAnswer, say: Say): string {
  const names = signersOf(answer).map(({ name, title }) => `${name} ${title}`);
  return names.length === 1
    ? names.join('')
    : `${names.join(say('interview.office.and'))} · ${say('interview-review.signed-with')}`;
}

/** What is said of a turn beside its words: when it was written down, and whether it was corrected. */
const marksOf = (turn: RecordedTurn, say: Say): string[] => [
  ...(turn.kind === 'live' ? [] : [say(`interview-record.kinds.${turn.kind}`)]),
  ...(turn.corrected ? [say('interview.turn.corrected')] : []),
];

function turnText(turn: RecordedTurn, say: Say, pictures: PrintedPictures): Paragraph[] {
  const marks = marksOf(turn, say);
  if (turn.picture) {
    const picture = pictures.get(turn.id);
    return [
      ...(picture ? [{ kind: 'picture' as const, text: turn.text, picture }] : []),
      { kind: 'meta', text: [say('interview-record.picture.caption', { text: turn.text }), ...marks].join(' · ') },
    ];
  }
  const speaker = [turn.speakerName || say('interview.roles.host'), turn.isHost ? '' : turn.speakerTitle];
  return [
    { kind: 'speaker', text: [...speaker.filter((part) => part !== ''), ...marks].join(' ') },
    { kind: 'text', text: turn.text },
  ];
}

/** Who has checked the record, and when; nothing where nobody had anything to check. */
function checked({ checks }: InterviewRecord, language: Language, say: Say): Paragraph[] {
  const list = checks.map(({ guest, state, at }) => {
    const when = at ? ` ${writeDate(at, 'date', language)}` : '';
    return `${guest.name} ${say(`interview-check.archive.${state}`)}${when}`;
  });
  return list.length > 0
    ? [{ kind: 'meta', text: say('interview-check.archive.print', { list: list.join(' · ') }) }]
    : [];
}

/** Who answers what is open, and until when. */
function stillOpen(interview: Interview, language: Language, say: Say): string {
  const when = owedUntil(interview, language);
  const owes = say('interview-archive.unanswered-text', { department: interview.departmentName[language] });
  return when ? `${owes} ${say('interview-archive.owed-until', { when })}` : owes;
}

/** The record as paragraphs, in the order of the page: facts, answers by guest, what is open, who said what. */
export function recordText(
  record: InterviewRecord,
  language: Language,
  pictures: PrintedPictures = new Map(),
): Paragraph[] {
  const say: Say = (key, params) => translate(language, key, params);
  const { interview, groups, unanswered, turns } = record;
  const heading = (text: string): Paragraph => ({ kind: 'heading', text });
  return [
    { kind: 'title', text: interview.topic },
    ...(interview.summary === '' ? [] : [{ kind: 'lead' as const, text: interview.summary }]),
    ...facts(record, language, say),
    ...checked(record, language, say),
    ...(groups.length > 0 ? [heading(say('interview-archive.halves.answers'))] : []),
    ...groups.flatMap(({ guest, questions }): Paragraph[] => [
      { kind: 'subheading', text: `${guest.name} ${guest.title}` },
      ...questions.flatMap((one) => question(one, language, say)),
    ]),
    ...(unanswered.length > 0
      ? [
          heading(say('interview-archive.unanswered')),
          {
            kind: 'meta' as const,
            text: stillOpen(interview, language, say),
          },
        ]
      : []),
    ...unanswered.flatMap((one) => question(one, language, say)),
    ...(turns.length > 0 ? [heading(say('interview.record.title'))] : []),
    ...(turns.some(({ kind }) => kind !== 'live')
      ? [{ kind: 'meta' as const, text: say('interview-record.kinds-told') }]
      : []),
    ...turns.flatMap((turn) => turnText(turn, say, pictures)),
  ];
}
