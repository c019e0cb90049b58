import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse, say } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';

const choices = { city: null, on: true, off: false } as const;
const schema = z.object({ interviewId: id, review: z.enum(['city', 'on', 'off'], say('errors.invalid-value')) });

/** An organiser says whether answers of this interview are reviewed before they go out, or leaves it to the city. */
export async function setAnswerReview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, review } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  await changeInterview(interviewId, {
    from: statesOpenTo('staff'),
    set: { reviewAnswers: choices[review] },
    trail: trailEntry(actor, 'review', { to: review }),
    refusedKey: 'interview-review.closed',
  });
  await recordAudit(actor, {
    verb: 'interview.review',
    target: { type: 'interview', id: interviewId, label: interview.topic },
    before: { reviewAnswers: interview.reviewAnswers ?? null },
    after: { reviewAnswers: choices[review] },
  });
}
