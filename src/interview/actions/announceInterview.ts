import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { lacksApproval, shortNotice } from '../approval/approval.ts';
import { findInterview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { moveInterview, whichInterview } from './moveInterview.ts';

const schema = whichInterview.extend({ confirmed: z.literal('yes').optional() });

/**
 * An organiser makes an interview public 预告; questions are taken from now on. Refused without the secretariat's
 * approval where that is needed; when fewer days are left than there should be, the organiser has to confirm it.
 */
export async function announceInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, confirmed } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  if (interview.state === 'draft') {
    if (lacksApproval(actor, interview)) throw conflict('interview-approval.errors.not-approved');
    const count = shortNotice(interview);
    if (count && confirmed !== 'yes' && actor.kind !== 'system') {
      throw invalid({ confirmed: { key: 'interview-approval.errors.short-notice', params: { count } } });
    }
  }
  return moveInterview(actor, input, {
    move: 'announce',
    allowed: canOrganise,
    only: { version: interview.version },
    set: () => ({ announcedAt: now() }),
  });
}
