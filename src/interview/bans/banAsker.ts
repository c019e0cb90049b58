import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { askerOf } from '../asker.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canKeepOrder, demand } from '../policy.ts';
import { findQuestion } from '../questionModel.ts';
import { inRoom } from '../room.ts';
import { banOf, banReasons, bansRow, ownBanRow, type Ban } from './ban.ts';
import { rejectWaitingOf } from './rejectWaiting.ts';

/** More than this is a flood, which a guard stops and bans do not. */
const mostBans = 200;

const schema = z
  .object({
    interviewId: id,
    questionId: id,
    reason: z.enum(banReasons, say('interview.errors.choose-reason')),
    note: typedText({ min: 0, max: 200 }).default(''),
    /** Reject everything of theirs that waits. */
    rejectWaiting: z.preprocess((given) => given === true || given === 'true' || given === 'on', z.boolean()),
  })
  .refine(({ reason, note }) => reason !== 'other' || note !== '', {
    path: ['note'],
    message: say('interview.errors.reason-in-words'),
  });

/**
 * A screener or host bans the one who asked a question 禁言, from asking and supporting in this interview, with a reason
 * that the person reads; on request their waiting questions are rejected with it. Gives how many were.
 */
export async function banAsker(actor: Actor, input: unknown): Promise<{ rejected: number }> {
  const { interviewId, questionId, reason, note, rejectWaiting } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canKeepOrder(actor, interview), actor, interview);
  const question = await findQuestion(interviewId, questionId);
  const { askerId: personId } = question;
  const asker = askerOf(question);
  await inRoom(interviewId, async (fresh, revision) => {
    if (banOf(fresh, personId)) throw conflict('interview-guard.already-banned');
    if ((fresh.bans?.length ?? 0) >= mostBans) throw conflict('interview-guard.too-many-bans', { count: mostBans });
    const ban: Ban = { id: newId(), personIds: [personId], asker, reason, note, by: doerOf(actor), at: now() };
    await changeInterview(interviewId, {
      from: statesOpenTo('screen'),
      set: { bansRevision: revision },
      push: { bans: ban },
      trail: trailEntry(actor, 'ban', { note: `#${asker.tag}` }),
      refusedKey: 'interview.errors.screening-over',
    });
    const after = { bans: [...(fresh.bans ?? []), ban], bansRevision: revision };
    return { desk: [bansRow(after)], persons: { [personId]: [ownBanRow(after, personId)] } };
  });
  const rejected = rejectWaiting ? await rejectWaitingOf(actor, interviewId, personId) : 0;
  await recordAudit(actor, {
    verb: 'interview.ban',
    target: { type: 'interview', id: interviewId, label: interview.topic },
    after: { reason, questionId, rejected },
  });
  return { rejected };
}
