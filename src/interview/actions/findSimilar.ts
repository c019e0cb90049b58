import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { id } from '../fields.ts';
import { findInterview } from '../interviewModel.ts';
import { canScreen, demand } from '../policy.ts';
import { QuestionModel } from '../questionModel.ts';
import { similarQuestions, type SimilarQuestion } from '../similar.ts';

const schema = z.object({ interviewId: id, questionIds: z.array(id).min(1).max(30) });

/** The published questions that ask much the same as each of these; for the screener's desk. */
export async function findSimilar(actor: Actor, input: unknown): Promise<Record<string, SimilarQuestion[]>> {
  const { interviewId, questionIds } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canScreen(actor, interview), actor, interview);
  const asked = await QuestionModel.find({ _id: { $in: questionIds }, interviewId }, { text: 1 }).lean<
    { _id: string; text: string }[]
  >();
  return similarQuestions(
    interviewId,
    asked.map(({ _id, text }) => ({ id: _id, text })),
  );
}
