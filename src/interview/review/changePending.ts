import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, notFound } from '../../kernel/errors.ts';
import { now } from '../../kernel/time.ts';
import { auditQuestion } from '../auditQuestion.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id, version } from '../fields.ts';
import { takesAnswer } from '../closing/ending.ts';
import type { Interview } from '../interviewModel.ts';
import { demand } from '../policy.ts';
import { isPublicQuestion, questionStates } from '../question.ts';
import { changeQuestion, findQuestion, type Answer, type Question } from '../questionModel.ts';
import { tellFollowers } from '../following/tellFollowers.ts';
import { inRoom, questionChange } from '../room.ts';
import type { AnswerStep, Pending, PendingStage } from './pending.ts';
import { answeredBy, settled, type Unstaged } from './settle.ts';

/** What every act on an answer under way names; `version` is the wording that was on the screen. */
export const whichPending = { interviewId: id, questionId: id, answerId: id, version };
export const whichPendingSchema = z.object(whichPending);
type Which = z.infer<typeof whichPendingSchema>;

interface Act {
  what: AnswerStep['what'];
  /** The stage in which this may be done. */
  from: readonly Pending['stage'][];
  may: (interview: Interview) => boolean;
  /** The wording as it is afterwards; null takes it back. Throws when this answer is not theirs to act on. */
  change: (pending: Pending, answer: Answer, interview: Interview) => Unstaged | null;
  remark?: string;
}

/**
 * Does one act on an answer that was handed in: agree, return, change, approve, withdraw. It goes out by itself when
 * nothing is missing any more. Gives the stage it has reached. A conflict when its wording changed meanwhile.
 */
export async function changePending(actor: Actor, which: Which, act: Act): Promise<{ stage: PendingStage | null }> {
  const { interviewId, questionId, answerId } = which;
  let reached: PendingStage | null = null;
  let answered: Question | undefined;
  await inRoom(interviewId, async (fresh, revision) => {
    demand(act.may(fresh), actor, fresh);
    const question = await findQuestion(interviewId, questionId);
    if (!takesAnswer('answer', fresh, question)) throw conflict('interview-review.closed');
    const place = question.answers.findIndex((one) => one.id === answerId);
    const answer = question.answers[place];
    if (!answer) throw notFound('interview-review.gone');
    const pending = stillThere(answer, which.version, act.from);
    const changed = act.change(pending, answer, fresh);
    const at = now();
    const { answer: moved, stage } = changed
      ? settled(answer, changed, isPublicQuestion(question.state), at)
      : { answer: { ...answer, pending: null }, stage: null };
    reached = stage;
    const step = stepOf(actor, act, changed?.text ?? pending.text, at);
    const after = await changeQuestion(question, {
      from: questionStates,
      only: ({ version: seen }) => seen === question.version,
      set: {
        [`answers.${place}`]: { ...moved, steps: [...(answer.steps ?? []), step] },
        ...(stage ? answeredBy(question, stage, at) : {}),
        revision,
      },
      trail: trailEntry(actor, `answer-${act.what}`, act.remark ? { note: act.remark } : {}),
      refusedKey: 'interview-review.again',
    });
    answered = after;
    return questionChange(fresh, after);
  });
  if (reached === 'out' && answered) await tellFollowers(answered);
  await auditQuestion(actor, `answer-${act.what}`, questionId, { after: { interviewId, answerId, stage: reached } });
  return { stage: reached };
}

/** The wording that was seen, when it is still the one that waits. */
function stillThere(answer: Answer, seen: number, from: readonly Pending['stage'][]): Pending {
  const { pending } = answer;
  if (!pending) throw conflict(answer.text === null ? 'interview-review.withdrawn' : 'interview-review.out-already');
  if (pending.version !== seen) {
    throw conflict('interview-review.changed-meanwhile', {
      name: answer.steps?.at(-1)?.by || pending.by.name || '—',
      text: pending.text,
    });
  }
  if (!from.includes(pending.stage)) throw conflict(`interview-review.now-${pending.stage}`);
  return pending;
}

/** A step as the answer keeps it. */
export function stepOf(actor: Actor, act: Pick<Act, 'what' | 'remark'>, text: string, at: Date): AnswerStep {
  return { what: act.what, by: doerOf(actor).name, at, text, remark: act.remark ?? null };
}
