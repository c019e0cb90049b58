import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, forbidden, notFound } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { isDuplicate } from '../../platform/database/errors.ts';
import { id } from '../fields.ts';
import { forgetRecord } from '../archive/recordCache.ts';
import { findInterview } from '../interviewModel.ts';
import { canSee } from '../policy.ts';
import { RatingModel } from '../rating/ratingModel.ts';

const schema = z.object({
  interviewId: id,
  stars: z.coerce
    .number(say('interview-archive.errors.choose-stars'))
    .int(say('interview-archive.errors.choose-stars'))
    .min(1, say('interview-archive.errors.choose-stars'))
    .max(5, say('interview-archive.errors.choose-stars')),
  comment: typedText({ min: 0, max: 500 }).default(''),
});

/**
 * A citizen or visitor rates an interview after its close 评分. Takes { interviewId, stars 1–5, comment? }.
 * Once a person; a second time is a conflict and changes nothing.
 */
export async function rateInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, stars, comment } = parse(schema, input);
  const interview = await findInterview(interviewId);
  if (!canSee(actor, interview)) throw notFound('interview.errors.not-found');
  if (actor.kind !== 'guest' && actor.kind !== 'citizen') throw forbidden('interview-archive.errors.staff-cannot-rate');
  if (interview.state !== 'closed' && interview.state !== 'archived')
    throw conflict('interview-archive.errors.rate-later');
  try {
    await RatingModel.create({ _id: newId(), interviewId, personId: actor.id, stars, comment, at: now() });
    forgetRecord(interviewId);
  } catch (error) {
    if (isDuplicate(error)) throw conflict('interview-archive.errors.rated-already');
    throw error;
  }
}
