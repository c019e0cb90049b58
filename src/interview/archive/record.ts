import { askerOf, type Asker } from '../asker.ts';
import { figuresOf, type Figures } from '../figures.ts';
import type { Guest, Interview } from '../interviewModel.ts';
import { isPublicQuestion } from '../question.ts';
import { QuestionModel, type Question } from '../questionModel.ts';
import { ratingOf, type Rated } from '../rating/ratingModel.ts';
import { guestChecks, type GuestCheck } from '../record/checkStates.ts';
import { turnPicture } from '../record/pictures.ts';
import { keptRecord } from './recordCache.ts';
import { TurnModel, type Turn, type TurnKind } from '../turnModel.ts';

/** A published answer, as the record keeps it. */
export interface RecordedAnswer {
  id: string;
  guestName: string;
  guestTitle: string;
  /** Guests who signed these words as well. */
  cosigners: { name: string; title: string }[];
  text: string;
  at: Date;
  corrected: boolean;
  earlier: { text: string; at: Date }[];
}

/** Everyone who signed an answer, the one who wrote it first, each with name and title. */
export const signersOf = ({ guestName, guestTitle, cosigners }: RecordedAnswer) => [
  { name: guestName, title: guestTitle },
  ...cosigners,
];

/** A question that everyone may read. */
export interface RecordedQuestion {
  id: string;
  text: string;
  edited: boolean;
  asker: Asker;
  at: Date;
  supports: number;
  /** How many questions were merged into this one 合并. */
  alike: number;
  answers: RecordedAnswer[];
}

/** A turn 发言 of the verbatim record. */
export interface RecordedTurn {
  id: string;
  speakerName: string;
  speakerTitle: string;
  isHost: boolean;
  /** What was said; of a picture, what it shows. */
  text: string;
  at: Date;
  kind: TurnKind;
  picture: (NonNullable<ReturnType<typeof turnPicture>> & { uploadId: string }) | null;
  corrected: boolean;
}

/** The record 实录 of an interview: all that is public of it, the same for page, exports and programs. */
export interface InterviewRecord {
  interview: Interview;
  figures: Figures;
  rating: Rated;
  /** Whether each guest who said something has checked the record, and when. */
  checks: Pick<GuestCheck, 'guest' | 'state' | 'at'>[];
  turns: RecordedTurn[];
  /** Answered questions by the guest who answered first; each question stands once. */
  groups: { guest: Pick<Guest, 'id' | 'name' | 'title'>; questions: RecordedQuestion[] }[];
  /** Published, but not answered: the interview's department still owes an answer. */
  unanswered: RecordedQuestion[];
}

/** What stood there before a correction, the latest first. */
const earlierWords = (earlier: readonly { text: string; at: Date }[]) =>
  earlier.map(({ text, at }) => ({ text, at })).reverse();

function recordedAnswers(question: Question): (RecordedAnswer & { guestId: string })[] {
  return question.answers
    .filter(({ text, publishedAt }) => text !== null && publishedAt !== null)
    .map(({ id, guestId, guestName, guestTitle, cosigners = [], text, publishedAt, earlier }) => ({
      id,
      guestId,
      guestName,
      guestTitle,
      cosigners: cosigners.map(({ name, title }) => ({ name, title })),
      text: text ?? '',
      at: publishedAt ?? question.askedAt,
      corrected: earlier.length > 0,
      earlier: earlierWords(earlier),
    }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function recordedQuestion(question: Question): RecordedQuestion {
  return {
    id: question._id,
    text: question.text,
    edited: question.original !== null,
    asker: askerOf(question),
    at: question.publishedAt ?? question.askedAt,
    supports: question.supports,
    alike: question.alike ?? 0,
    answers: recordedAnswers(question),
  };
}

function withUpload(turn: Turn): RecordedTurn['picture'] {
  const shown = turnPicture(turn);
  return shown && turn.picture ? { ...shown, uploadId: turn.picture.uploadId } : null;
}

const recordedTurn = (turn: Turn): RecordedTurn => ({
  id: turn._id,
  speakerName: turn.speaker.name,
  speakerTitle: turn.speaker.title,
  isHost: turn.speaker.id === 'host',
  text: turn.text,
  at: turn.at,
  kind: turn.kind,
  picture: withUpload(turn),
  corrected: turn.correctedAt !== null,
});

/** Most supported first, then in the order in which they came. */
const bySupport = (a: RecordedQuestion, b: RecordedQuestion) =>
  b.supports - a.supports || a.at.getTime() - b.at.getTime();

function byGuest(interview: Interview, answered: readonly Question[]): InterviewRecord['groups'] {
  const groups = new Map<string, InterviewRecord['groups'][number]>(
    interview.guests.map(({ id, name, title }) => [id, { guest: { id, name, title }, questions: [] }]),
  );
  for (const question of answered) {
    const first = recordedAnswers(question)[0];
    if (!first) continue;
    const group = groups.get(first.guestId) ?? {
      guest: { id: first.guestId, name: first.guestName, title: first.guestTitle }, // a guest who was replaced since
      questions: [],
    };
    group.questions.push(recordedQuestion(question));
    groups.set(first.guestId, group);
  }
  return [...groups.values()]
    .filter(({ questions }) => questions.length > 0)
    .map(({ guest, questions }) => ({ guest, questions: questions.sort(bySupport) }));
}

/** Gives the whole record of an interview as it stands now; an archived one as it stood within the last half minute. */
export function recordOf(interview: Interview): Promise<InterviewRecord> {
  if (interview.state !== 'archived') return readRecord(interview);
  return keptRecord(interview._id, () => readRecord(interview));
}

async function readRecord(interview: Interview): Promise<InterviewRecord> {
  const interviewId = interview._id;
  const [questions, turns, figures, rating, checks] = await Promise.all([
    QuestionModel.find({ interviewId }, { trail: 0 }).lean<Question[]>(),
    TurnModel.find({ interviewId, removedAt: null }).sort({ order: 1 }).lean<Turn[]>(),
    figuresOf(interviewId),
    ratingOf(interviewId),
    guestChecks(interview),
  ]);
  const shown = questions.filter(({ state }) => isPublicQuestion(state));
  const isAnswered = (question: Question) => recordedAnswers(question).length > 0;
  return {
    interview,
    figures,
    rating,
    checks: checks.map(({ guest, state, at }) => ({ guest, state, at })),
    turns: turns.filter(({ waiting }) => !waiting).map(recordedTurn),
    groups: byGuest(interview, shown.filter(isAnswered)),
    unanswered: shown
      .filter((question) => !isAnswered(question))
      .map(recordedQuestion)
      .sort(bySupport),
  };
}
