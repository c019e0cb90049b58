import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { tellFollowers } from '../following/tellFollowers.ts';
import { findInterview } from '../interviewModel.ts';
import { canSteer, demand } from '../policy.ts';
import { questionMoves } from '../question.ts';
import { changeQuestion, findQuestion, type Question } from '../questionModel.ts';
import { releasedWith } from '../review/settle.ts';
import { inRoom, questionChange } from '../room.ts';

const schema = z.object({ interviewId: id, questionId: id });

/** Emergency: a question leaves every screen with the next beat 隐藏, with its answers; its asker is told. */
export function hideQuestion(actor: Actor, input: unknown): Promise<void> {
  return setHidden(actor, input, true);
}

/** The question is shown again as it was. */
export function showQuestion(actor: Actor, input: unknown): Promise<void> {
  return setHidden(actor, input, false);
}

async function setHidden(actor: Actor, input: unknown, hidden: boolean): Promise<void> {
  const { interviewId, questionId } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canSteer(actor, interview), actor, interview);
  const verb = hidden ? 'hide' : 'show';
  let shown: Question | undefined;
  await inRoom(interviewId, async (fresh, revision) => {
    const question = await findQuestion(interviewId, questionId);
    if ((question.state === 'hidden') === hidden) return {};
    // What became ready while it was hidden comes out with it
    const set = hidden ? { state: 'hidden' as const } : releasedWith(question, now());
    const after = await changeQuestion(question, {
      from: questionMoves[verb].from,
      only: ({ version }) => version === question.version,
      set: { ...set, revision },
      trail: trailEntry(actor, verb, { from: question.state, to: set.state }),
      refusedKey: 'interview.errors.already-decided',
    });
    if (!hidden) shown = after;
    return questionChange(fresh, after);
  });
  // An answer that became ready meanwhile came out with it; who was told already is not told again
  if (shown) await tellFollowers(shown);
  await recordAudit(actor, {
    verb: `interview.${verb}`,
    target: { type: 'interview', id: interviewId, label: interview.topic },
    after: { questionId },
  });
}
