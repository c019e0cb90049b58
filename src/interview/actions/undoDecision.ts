import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { refuseIfMergedInto, undoTakenSeconds } from '../decision.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { recount, rootOf } from '../groups.ts';
import { changeQuestion, QuestionModel, type Question } from '../questionModel.ts';
import { tellVotes } from '../supports.ts';
import { asScreener, whichQuestionSchema } from './screenQuestion.ts';

const schema = z.object({
  interviewId: id,
  questionIds: z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(id).min(1).max(100)),
});

/** A screener takes their own decisions of the last seconds back: each question is exactly as it was before. */
export async function undoDecision(actor: Actor, input: unknown): Promise<{ done: number }> {
  const { interviewId, questionIds } = parse(schema, input);
  for (const questionId of questionIds) {
    await takeBack(actor, { interviewId, questionId }, (question) => {
      const { decided } = question;
      const late = !decided || now().getTime() - decided.at.getTime() > undoTakenSeconds * 1000;
      if (late || decided.by !== doerOf(actor).id) throw conflict('interview.errors.undo-over');
    });
  }
  return { done: questionIds.length };
}

/** A screener takes a merge apart, at any time: the question is exactly as it was before. */
export async function unmergeQuestion(actor: Actor, input: unknown): Promise<Question> {
  return takeBack(actor, parse(whichQuestionSchema, input), (question) => {
    if (question.state !== 'merged') throw conflict('interview.errors.not-merged');
  });
}

async function takeBack(
  actor: Actor,
  which: { interviewId: string; questionId: string },
  check: (question: Question) => void,
): Promise<Question> {
  let into: string | null = null;
  const after = await asScreener(
    actor,
    which,
    async (question, revision, interview) => {
      check(question);
      if (interview.onStage === question._id) throw conflict('interview.errors.on-stage');
      if (question.state !== 'merged') await refuseIfMergedInto(question);
      const decided = question.decided;
      if (!decided) throw conflict('interview.errors.undo-over');
      into = question.mergedInto;
      const { state, claim, text, original } = decided.before;
      const restored = await changeQuestion(question, {
        from: [question.state],
        only: (now) => now.decided?.at.getTime() === decided.at.getTime(),
        // `publishedAt` stays: it says that people may have seen the row, which is gone for them now
        set: { state, claim, text, original, rejection: null, mergedInto: null, decided: null, revision },
        trail: trailEntry(actor, 'undo', { from: question.state, to: state }),
        refusedKey: 'interview.errors.already-decided',
      });
      if (into === null) return restored;
      const root = await rootOf(into);
      for (const id of new Set([into, root])) await recount(id);
      await QuestionModel.updateOne({ _id: into }, { $set: { revision } });
      await recount(question._id);
      return (await QuestionModel.findById(question._id).lean<Question>()) as Question;
    },
    'undo',
  );
  if (into !== null) await tellVotes(which.interviewId, [into, await rootOf(into), which.questionId]);
  return after;
}
