import { createHash } from 'node:crypto';
import { isPublicQuestion } from '../question.ts';
import { QuestionModel, type Question } from '../questionModel.ts';
import type { Pending, PendingStage } from '../review/pending.ts';
import { TurnModel, type Turn } from '../turnModel.ts';

/** What one guest said in public: a turn of the record, or an answer. */
export interface OwnPassage {
  kind: 'turn' | 'answer';
  /** Of the turn, or of the question that was answered. */
  id: string;
  guestId: string;
  text: string;
  /** The question, for an answer. */
  question: string;
  at: Date;
  corrected: boolean;
  /** Saves of the turn or the answer: the later of two is told. */
  version: number;
  /** New words for an answer that are not public yet, and what they wait for. */
  underway: { text: string; original: string | null; stage: Exclude<PendingStage, 'out'>; missing: string[] } | null;
}

/** All that guests said in public, the record first, each in its order. */
export async function passagesOf(interviewId: string): Promise<OwnPassage[]> {
  const [turns, questions] = await Promise.all([
    TurnModel.find({ interviewId }).sort({ order: 1 }).lean<Turn[]>(),
    QuestionModel.find({ interviewId }, { trail: 0 }).lean<Question[]>(),
  ]);
  return [...turns.flatMap(ofTurn), ...questions.flatMap(ofQuestion).sort((a, b) => a.at.getTime() - b.at.getTime())];
}

function ofTurn(turn: Turn): OwnPassage[] {
  const { _id: id, speaker, text, at, version } = turn;
  if (turn.waiting || turn.removedAt || turn.picture || speaker.id === 'host') return [];
  const corrected = turn.correctedAt !== null;
  return [{ kind: 'turn', id, guestId: speaker.id, text, question: '', at, corrected, version, underway: null }];
}

function ofQuestion(question: Question): OwnPassage[] {
  if (!isPublicQuestion(question.state)) return [];
  return question.answers.flatMap(({ guestId, text, publishedAt, earlier, version, pending }): OwnPassage[] => {
    if (text === null) return [];
    const which = { kind: 'answer', id: question._id, guestId, question: question.text } as const;
    const at = publishedAt ?? question.askedAt;
    return [{ ...which, text, at, corrected: earlier.length > 0, version, underway: underwayOf(pending) }];
  });
}

function underwayOf(pending: Pending | null | undefined): OwnPassage['underway'] {
  if (!pending) return null;
  const { text, original, stage, cosigners, agreed } = pending;
  const missing = cosigners.filter(({ guestId }) => !agreed.includes(guestId)).map(({ name }) => name);
  return { text, original, stage, missing };
}

/** A short sum of some words: a confirmation holds for exactly these. */
export function wordsOf(passages: readonly Pick<OwnPassage, 'kind' | 'id' | 'text'>[]): string {
  const lines = passages.map(({ kind, id, text }) => `${kind} ${id} ${text}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('base64url').slice(0, 24);
}
