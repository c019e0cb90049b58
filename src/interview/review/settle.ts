import { isPublicQuestion } from '../question.ts';
import type { Answer, Question } from '../questionModel.ts';
import type { Interview } from '../interviewModel.ts';
import { answerReview } from '../settings.ts';
import { stageOf, type Cosigner, type Pending, type PendingStage } from './pending.ts';

/** True when answers of this interview pass a reviewer 政策关: its own choice, else the city's. */
export function reviewsAnswers(interview: Pick<Interview, 'reviewAnswers'>): boolean {
  return interview.reviewAnswers ?? answerReview.value();
}

/** Who has to sign what this guest writes: those the question was passed to with them, else those who signed before. */
export function cosignersOf(question: Pick<Question, 'passed' | 'answers'>, guestId: string): Cosigner[] {
  const { passed } = question;
  if (passed?.guestId === guestId) return passed.jointly ?? [];
  return question.answers.find((answer) => answer.guestId === guestId)?.cosigners ?? [];
}

export type Unstaged = Omit<Pending, 'stage'>;

/** An answer after its words were handed in, agreed to or approved: still on its way, or out. `at` is now. */
export function settled(
  answer: Answer,
  pending: Unstaged,
  questionOut: boolean,
  at: Date,
): { answer: Answer; stage: PendingStage } {
  const stage = stageOf(pending, questionOut);
  if (stage !== 'out') return { answer: { ...answer, pending: { ...pending, stage } }, stage };
  const { text, cosigners } = pending;
  const corrects = answer.text !== null && answer.text !== text;
  // The guest goes on from the words that are out, unless they have written something else since
  const follow = answer.draft === (pending.original ?? text) && answer.draft !== text;
  return {
    stage,
    answer: {
      ...answer,
      ...(follow ? { draft: text, version: answer.version + 1 } : {}),
      text,
      cosigners,
      pending: null,
      publishedAt: answer.publishedAt ?? at,
      earlier: corrects ? [...answer.earlier, { text: answer.text ?? '', at }] : answer.earlier,
    },
  };
}

/** What publishing a question brings out with it: the answers that waited for it, and the state it has then. */
export function releasedWith(question: Question, at: Date): Pick<Question, 'state' | 'answeredAt' | 'answers'> {
  const answers = question.answers.map((answer) =>
    answer.pending?.stage === 'ready' ? settled(answer, answer.pending, true, at).answer : answer,
  );
  const isAnswered = answers.some(({ text }) => text !== null);
  return {
    state: isAnswered ? 'answered' : 'published',
    answeredAt: isAnswered ? (question.answeredAt ?? at) : question.answeredAt,
    answers,
  };
}

/** What an answer that came out means to its question. */
export function answeredBy(question: Question, stage: PendingStage, at: Date): Partial<Question> {
  if (stage !== 'out' || !isPublicQuestion(question.state)) return {};
  return { state: 'answered', answeredAt: question.answeredAt ?? at };
}
