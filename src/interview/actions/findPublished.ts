import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { isId } from '../../kernel/id.ts';
import { parse } from '../../kernel/parse.ts';
import { id } from '../fields.ts';
import { findInterview } from '../interviewModel.ts';
import { canScreen, demand } from '../policy.ts';
import { searchPublished, type SimilarQuestion } from '../similar.ts';

const schema = z.object({ interviewId: id, questionId: id, words: z.string().max(500).default('') });
/** How many are shown at once. */
export const foundAtMost = 10;

/** The number of a question: typed itself, or as the end of its address. */
function numberIn(words: string): string | null {
  const last = (/([\w-]+)\/?$/.exec(words.trim())?.[1] ?? '').replace(/^question-/, '');
  return isId(last) ? last : null;
}

/** The published questions that a screener looks for, to merge a question into one; by words, number or address. */
export async function findPublished(actor: Actor, input: unknown): Promise<SimilarQuestion[]> {
  const { interviewId, questionId, words } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canScreen(actor, interview), actor, interview);
  if (words.trim() === '') return [];
  const number = numberIn(words);
  return searchPublished(interviewId, { words, number, without: questionId, limit: foundAtMost });
}
