import { z } from 'zod';
import { workingCalendar } from '../../calendar/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { startClock } from '../../kernel/clock.ts';
import { conflict, invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { endingOf, type Ending } from '../closing/ending.ts';
import { rejectUnseen } from '../closing/rejectUnseen.ts';
import { id } from '../fields.ts';
import { findInterview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { rejectReasons } from '../question.ts';
import { checkBeforeArchive, followUpRule } from '../settings.ts';
import { moveInterview } from './moveInterview.ts';

/** Why questions nobody decided on are rejected with the archiving: there was no time, or a screener's reason. */
export const endReasons = ['not-reached', ...rejectReasons] as const;
const schema = z.object({
  interviewId: id,
  reason: z.enum(endReasons).optional().catch(undefined),
  note: typedText({ min: 0, max: 200 }).default(''),
});

/**
 * An organiser publishes the finished record 归档. Nothing is left hanging: an answer under way stops it, questions
 * nobody decided on are rejected with it for one reason, and for public ones without an answer the department owes one
 * by a day that is fixed here, with the rule it came from. Where the setting says so, every guest who said something
 * must have confirmed the record before.
 */
export async function archiveInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, reason, note } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  const byPerson = actor.kind !== 'system';
  if (interview.state === 'closed') {
    const left = await endingOf(interview);
    if (byPerson) refuseUnfinished(left);
    if (byPerson && left.unseen > 0) {
      if (!reason) throw invalid({ reason: { key: 'interview-ending.errors.choose' } });
      if (reason === 'other' && note === '') throw invalid({ note: { key: 'interview.errors.reason-in-words' } });
      await rejectUnseen(actor, interviewId, { reason, text: note || null });
    }
  }
  const calendar = await workingCalendar();
  return moveInterview(actor, input, {
    move: 'archive',
    allowed: canOrganise,
    set: async (fresh) => {
      const at = now();
      if (fresh.state !== 'closed') return {};
      const left = await endingOf(fresh);
      if (byPerson) refuseUnfinished(left);
      const followUp = left.unanswered > 0 ? startClock('follow-up', followUpRule(), at, calendar) : null;
      return { archivedAt: at, followUp };
    },
  });
}

function refuseUnfinished(left: Ending): void {
  if (checkBeforeArchive.value() && left.unchecked.length > 0) {
    throw conflict('interview-check.errors.not-confirmed', { names: left.unchecked.join('、') });
  }
  if (left.underway > 0) throw conflict('interview-ending.errors.underway', { count: left.underway });
}
