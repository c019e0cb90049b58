import type { Row } from '../live/index.ts';
import { markedWords, numberKinds } from '../moderation/index.ts';
import { askerOf } from './asker.ts';
import { isGuarded } from './guard/guard.ts';
import { isOpenTo } from './interview.ts';
import type { Interview, Notice } from './interviewModel.ts';
import { isPublicQuestion, mayWithdraw } from './question.ts';
import type { Answer, Question } from './questionModel.ts';
import { turnPicture } from './record/pictures.ts';
import type { Turn } from './turnModel.ts';

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

/** What stood there before a correction, the latest first; nothing at all where nothing was corrected. */
function earlierWords(earlier: readonly { text: string; at: Date }[]) {
  if (earlier.length === 0) return {};
  return { earlier: earlier.map(({ text, at }) => ({ text, at: iso(at) })).reverse() };
}

function publicAnswer(answer: Answer) {
  return {
    id: answer.id,
    guestName: answer.guestName,
    guestTitle: answer.guestTitle,
    text: answer.text ?? '',
    at: iso(answer.publishedAt),
    corrected: answer.earlier.length > 0,
    ...earlierWords(answer.earlier),
    cosigners: (answer.cosigners ?? []).map(({ name, title }) => ({ name, title })),
  };
}

/** The words of a question that everyone may read. */
function shownQuestion(question: Question) {
  return {
    text: question.text,
    edited: question.original !== null,
    asker: askerOf(question),
    state: question.state,
    at: iso(question.publishedAt),
    answers: question.answers.filter(({ text }) => text !== null).map(publicAnswer),
    alike: question.alike ?? 0,
  };
}

/** A question for everyone; one that was taken back is gone, one that was never out is not told at all. */
export function publicQuestionRow(question: Question): Row | null {
  const { _id: id, revision } = question;
  if (isPublicQuestion(question.state)) return { id, kind: 'question', revision, ...shownQuestion(question) };
  return question.publishedAt ? { id, kind: 'question', revision, gone: true } : null;
}

/** A question for those who work on it; one that its asker took back is gone. */
export function deskQuestionRow(question: Question): Row {
  if (question.state === 'withdrawn') {
    return { id: question._id, kind: 'question', revision: question.revision, gone: true };
  }
  return {
    id: question._id,
    kind: 'question',
    revision: question.revision,
    version: question.version,
    text: question.text,
    original: question.original,
    edited: question.original !== null,
    asker: askerOf(question),
    state: question.state,
    claim: question.claim ? { id: question.claim.id, name: question.claim.name } : null,
    rejection: question.rejection,
    mergedInto: question.mergedInto ?? null,
    alike: question.alike ?? 0,
    passed: question.passed ? { jointly: [], ...question.passed, at: iso(question.passed.at) } : null,
    marks: markedWords(question.text, question.original ?? ''),
    numbers: numberKinds(question.text),
    at: iso(question.askedAt),
    answers: question.answers.map((answer) => ({
      ...publicAnswer(answer),
      guestId: answer.guestId,
      published: answer.text !== null,
      draft: answer.draft,
      draftBy: answer.draftBy.name,
      version: answer.version,
      pending: answer.pending ? { ...answer.pending, at: iso(answer.pending.at), by: answer.pending.by.name } : null,
      steps: answer.pending ? (answer.steps ?? []).map((step) => ({ ...step, at: iso(step.at) })) : [],
    })),
  };
}

/** What the one who asked can do next: a question that was not taken up can be asked anew only while questions are taken. */
function nextStep(question: Question, interview: Partial<Pick<Interview, 'state'>>): string {
  const over = interview.state !== undefined && !isOpenTo('ask', interview.state);
  if (question.state === 'rejected' && over) return 'rejected-over';
  return endOf(question, interview) ?? question.state;
}

/** What an open question has come to when its interview is called off, or archived before anybody looked at it. */
function endOf(
  { state }: Question,
  interview: Partial<Pick<Interview, 'state'>>,
): 'called-off' | 'not-reached' | 'owed' | null {
  const unseen = state === 'received' || state === 'screening';
  if (interview.state === 'cancelled' && (unseen || state === 'published')) return 'called-off';
  if (interview.state !== 'archived') return null;
  return unseen ? 'not-reached' : state === 'published' ? 'owed' : null;
}

/** Their own question for the one who asked: every step, and why when it was not taken up. */
export function mineRow(
  question: Question,
  interview: Pick<Interview, 'onStage' | 'stageRevision'> & Partial<Pick<Interview, 'state'>>,
  into: Question | null = null,
): Row {
  const shown = into !== null && isPublicQuestion(into.state) ? into : null;
  const revision = Math.max(question.revision, into?.revision ?? 0, interview.stageRevision);
  const base = { id: `mine-${question._id}`, kind: 'mine', revision };
  if (question.state === 'withdrawn') return { ...base, gone: true };
  return {
    ...base,
    mayWithdraw: mayWithdraw(question, interview),
    questionId: question._id,
    text: question.text,
    original: question.original,
    edited: question.original !== null,
    state: question.state,
    label: endOf(question, interview) ?? question.state,
    onStage: isBeingAnswered(shown ?? question, interview),
    next: shown?.state === 'answered' ? 'answered' : nextStep(question, interview),
    into: shown && { id: shown._id, text: shown.text, answered: shown.state === 'answered' },
    rejection: question.rejection,
    at: iso(question.askedAt),
  };
}

const isBeingAnswered = (question: Question, interview: Pick<Interview, 'onStage'>) =>
  interview.onStage === question._id && question.state === 'published';

/** What is being answered now. */
export function stageRow(interview: Pick<Interview, 'onStage' | 'stageRevision'>, question: Question | null): Row {
  const shown = question !== null && isPublicQuestion(question.state);
  return {
    id: 'stage',
    kind: 'stage',
    revision: Math.max(interview.stageRevision, question?.revision ?? 0),
    questionId: shown ? question._id : null,
    question: shown ? { id: question._id, ...shownQuestion(question) } : null,
  };
}

/** State and phase of the interview. */
export function phaseRow(interview: Interview): Row {
  const guarded = isOpenTo('ask', interview.state) && isGuarded(interview);
  return {
    id: 'phase',
    kind: 'phase',
    revision: interview.phaseRevision,
    state: interview.state,
    phase: interview.phase,
    startsAt: iso(interview.startsAt),
    startedAt: iso(interview.startedAt),
    closedAt: iso(interview.closedAt),
    endsAt: iso(new Date(interview.startsAt.getTime() + interview.plannedMinutes * 60_000)),
    paused: Boolean(interview.pausedAt),
    // What the page is drawn with beside its rows: when it changes, the page is drawn anew
    drawn: [interview.asking ?? 'everyone', interview.supporting ?? 'everyone', interview.video ?? ''].join(' '),
    guarded,
    guardedUntil: guarded ? iso(interview.guard?.until ?? null) : null,
  };
}

/** A sentence of the host to everyone. */
export function noticeRow(notice: Notice): Row {
  const { id, revision } = notice;
  if (notice.gone) return { id, kind: 'notice', revision, gone: true };
  return { id, kind: 'notice', revision, text: notice.text, at: iso(notice.at) };
}

/** A turn of the verbatim record. */
function turnRow(turn: Turn): Row {
  return {
    id: turn._id,
    kind: 'turn',
    revision: turn.revision,
    order: turn.order,
    speaker: turn.speaker,
    isHost: turn.speaker.id === 'host',
    text: turn.text,
    turnKind: turn.kind,
    picture: turnPicture(turn),
    at: iso(turn.at),
    corrected: turn.correctedAt !== null,
  };
}

/** A turn for everyone; one that was removed is gone, one that waits for its moment is not told at all. */
export function publicTurnRow(turn: Turn): Row | null {
  if (turn.waiting) return null;
  const { _id: id, revision } = turn;
  return turn.removedAt ? { id, kind: 'turn', revision, gone: true } : turnRow(turn);
}

/** A turn at the recorder's desk, where one that was removed can be brought back. */
export function deskTurnRow(turn: Turn): Row {
  return {
    ...turnRow(turn),
    version: turn.version,
    removed: turn.removedAt !== null,
    waiting: turn.waiting ?? false,
  };
}
