import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { auditQuestion } from '../auditQuestion.ts';
import { id } from '../fields.ts';
import { tellFollowers } from '../following/tellFollowers.ts';
import { isOpenTo } from '../interview.ts';
import type { Interview } from '../interviewModel.ts';
import { canScreen, demand } from '../policy.ts';
import { findQuestion, type Question } from '../questionModel.ts';
import { inRoom, questionChange, together } from '../room.ts';

/** What every act of a screener names. */
export const whichQuestion = { interviewId: id, questionId: id };
export const whichQuestionSchema = z.object(whichQuestion);

/** The question is nobody's or this screener's own. */
export function mineOrNobodys(actor: Actor): (question: Question) => boolean {
  return ({ claim }) => !claim || claim.id === actor.id;
}

/** The one who works on the question, when it is somebody else; throws a conflict that names them. */
export function refuseIfOthers(actor: Actor, question: Question): void {
  const { claim } = question;
  if (claim && claim.id !== actor.id) throw conflict('interview.errors.claimed-by-other', { name: claim.name });
}

/**
 * Does one act of a screener: authorizes, makes the change in its turn, tells the room. `change` gets the question as it
 * is, the revision to store, and gives the question as it is afterwards.
 */
export async function asScreener(
  actor: Actor,
  { interviewId, questionId }: { interviewId: string; questionId: string },
  change: (question: Question, revision: number, interview: Interview) => Promise<Question>,
  /** The act in the audit trail; what is not a decision is not told there. */
  verb?: string,
): Promise<Question> {
  let after: Question | undefined;
  let cameOut = false;
  await inRoom(interviewId, async (fresh, revision) => {
    demand(canScreen(actor, fresh), actor, fresh);
    if (!isOpenTo('screen', fresh.state)) throw conflict('interview.errors.screening-over');
    const before = await findQuestion(interviewId, questionId);
    after = await change(before, revision, fresh);
    cameOut = before.state !== 'answered' && after.state === 'answered';
    const other = before.mergedInto === after.mergedInto ? null : (before.mergedInto ?? after.mergedInto);
    const own = await questionChange(fresh, after);
    return other === null ? own : together(await questionChange(fresh, await findQuestion(interviewId, other)), own);
  });
  const { state, mergedInto } = after as Question;
  if (verb) await auditQuestion(actor, verb, questionId, { after: { interviewId, state, mergedInto } });
  // An answer that waited for its question went out with it
  if (cameOut) await tellFollowers(after as Question);
  return after as Question;
}
