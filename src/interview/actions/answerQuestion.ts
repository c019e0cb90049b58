import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { now } from '../../kernel/time.ts';
import { doerOf } from '../doer.ts';
import { id, version } from '../fields.ts';
import { takesAnswer } from '../closing/ending.ts';
import type { Guest, Interview, TrailEntry } from '../interviewModel.ts';
import { canWriteAnswers, demand, guestsWrittenFor } from '../policy.ts';
import { questionStates, type QuestionState } from '../question.ts';
import type { PendingStage } from '../review/pending.ts';
import { changeQuestion, findQuestion, type Answer, type Question } from '../questionModel.ts';
import { tellFollowers } from '../following/tellFollowers.ts';
import { inRoom, questionChange } from '../room.ts';

/** What every act on an answer names; `version` is the save that was loaded, 0 for none. */
export const whichAnswer = { interviewId: id, questionId: id, guestId: id, version };
type Which = Record<'interviewId' | 'questionId' | 'guestId', string>;

/** Does one act of a guest or of somebody who writes for them; gives the answer as it is afterwards. */
export async function asAnswering(
  actor: Actor,
  { interviewId, questionId, guestId }: Which,
  deed: 'draft' | 'answer',
  change: (question: Question, guest: Guest, revision: number, interview: Interview) => Promise<Question>,
): Promise<{ answerId: string; version: number; savedAt: Date; stage: PendingStage | null }> {
  let answer: Answer | undefined;
  let told: Question | undefined;
  await inRoom(interviewId, async (fresh, revision) => {
    demand(canWriteAnswers(actor, fresh), actor, fresh);
    const question = await findQuestion(interviewId, questionId);
    if (!takesAnswer(deed, fresh, question)) throw conflict(closedKey(deed, fresh));
    const guest = guestsWrittenFor(actor, fresh).find((one) => one.id === guestId);
    if (!guest) throw forbidden('interview.errors.not-your-guest');
    const after = await change(question, guest, revision, fresh);
    told = after;
    answer = after.answers.find((one) => one.guestId === guestId);
    return questionChange(fresh, after);
  });
  if (deed === 'answer' && told) await tellFollowers(told);
  const saved = answer as Answer;
  const stage = saved.pending?.stage ?? (saved.text === null ? null : 'out');
  return { answerId: saved.id, version: saved.version, savedAt: saved.draftAt, stage };
}

const closedKey = (deed: 'draft' | 'answer', { state }: Interview) =>
  `interview.errors.closed-to-${state === 'archived' ? 'draft' : deed}`;

/** A draft as it is stored, with who wrote it and when. */
export function draftOf(actor: Actor, text: string): Pick<Answer, 'draft' | 'draftBy' | 'draftAt'> {
  return { draft: text, draftBy: doerOf(actor), draftAt: now() };
}

interface Save {
  guest: Guest;
  revision: number;
  seen: number;
  set: Partial<Answer>;
  /** What is handed in: into a question in one of these states, which nobody changed meanwhile. */
  from?: readonly QuestionState[];
  question?: Partial<Question>;
  trail?: TrailEntry;
}

/** Writes an answer into its question: one write for answer, state and trail, and only over the version that was seen. */
export async function storeAnswer(actor: Actor, question: Question, save: Save): Promise<Question> {
  const { guest, revision, seen, trail, from = questionStates } = save;
  const unchanged = (now: Question) => !save.from || now.version === question.version;
  const refused = savedBy(question, guest) ?? 'interview.errors.question-not-published';
  const step = { from, refusedKey: refused, ...(trail ? { trail } : {}) };
  if (seen > 0) {
    // Answers are only ever appended, so their places stay
    const place = question.answers.findIndex(({ guestId }) => guestId === guest.id);
    const before = question.answers[place];
    if (!before || before.version !== seen) throw before ? savedElsewhere(before) : conflict(refused);
    const at = (name: string) => `answers.${place}.${name}`;
    const fields = Object.entries({ ...save.set, version: seen + 1 }).map(([name, value]) => [at(name), value]);
    return changeQuestion(question, {
      ...step,
      only: (now) => now.answers[place]?.guestId === guest.id && now.answers[place].version === seen && unchanged(now),
      set: { ...(Object.fromEntries(fields) as object), ...save.question, revision },
    });
  }
  const other = question.answers.find(({ guestId }) => guestId === guest.id);
  if (other) throw savedElsewhere(other);
  const answer: Answer = { ...blankAnswer(actor, guest), ...save.set, version: 1 };
  return changeQuestion(question, {
    ...step,
    only: (now) => now.answers.every(({ guestId }) => guestId !== guest.id) && unchanged(now),
    set: { ...save.question, revision },
    push: { answers: answer },
  });
}

/** A guest's answer before its first word. */
export function blankAnswer(actor: Actor, guest: Guest): Answer {
  return {
    id: newId(),
    guestId: guest.id,
    guestName: guest.name,
    guestTitle: guest.title,
    ...draftOf(actor, ''),
    version: 0,
    text: null,
    publishedAt: null,
    earlier: [],
  };
}

const savedBy = (question: Question, guest: Guest) =>
  question.answers.some(({ guestId }) => guestId === guest.id) ? 'interview.errors.answer-saved-meanwhile' : undefined;

function savedElsewhere(answer: Answer): Error {
  return conflict('interview.errors.answer-saved-elsewhere', {
    name: answer.draftBy.name || '—',
    text: answer.draft,
  });
}
