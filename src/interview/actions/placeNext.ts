import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { changeInterview } from '../interviewModel.ts';
import { canDirect, demand } from '../policy.ts';
import { findQuestion } from '../questionModel.ts';
import { inRoom } from '../room.ts';
import { nextChangeOf, openPlaces } from '../upNext.ts';

const ways = ['add', 'first', 'up', 'down', 'remove'] as const;
const schema = z.object({ interviewId: id, questionId: id, to: z.enum(ways, say('errors.invalid-value')) });
/** More is a list, not an order. */
const most = 20;

/** The order after one question was moved. */
function moved(order: readonly string[], questionId: string, to: (typeof ways)[number]): string[] {
  const place = order.indexOf(questionId);
  const others = order.filter((one) => one !== questionId);
  if (to === 'remove') return others;
  if (to === 'first') return [questionId, ...others];
  if (place === -1) return [...others, questionId];
  const wanted = to === 'add' ? place : Math.max(0, place + (to === 'up' ? -1 : 1));
  return others.toSpliced(wanted, 0, questionId);
}

/**
 * The host puts a question into the order of those that are answered next, moves it there by one place or takes it out.
 * Two hosts move from where it stands at that moment, so neither overwrites the other.
 */
export async function placeNext(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, questionId, to } = parse(schema, input);
  await inRoom(interviewId, async (fresh, revision) => {
    demand(canDirect(actor, fresh), actor, fresh);
    const question = await findQuestion(interviewId, questionId);
    if (to !== 'remove' && question.state === 'answered') throw conflict('interview-host.next.answered');
    if (to !== 'remove' && question.state !== 'published') throw conflict('interview.errors.question-not-published');
    const upNext = moved(await openPlaces(fresh.upNext ?? []), questionId, to);
    if (upNext.length > most) throw conflict('interview-host.next.full', { most });
    await changeInterview(interviewId, {
      from: ['announced', 'live'],
      set: { upNext, nextRevision: revision },
      trail: trailEntry(actor, 'next', { to: questionId }),
      refusedKey: 'interview.errors.not-live',
    });
    return nextChangeOf({ upNext, nextRevision: revision }, question);
  });
}
