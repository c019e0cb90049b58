import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import type { Row } from '../../live/index.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canDirect, demand } from '../policy.ts';
import { isPublicQuestion } from '../question.ts';
import { findQuestion, QuestionModel, type Question } from '../questionModel.ts';
import { askersRows } from '../ownRows.ts';
import { inRoom } from '../room.ts';
import { stageRow } from '../rows.ts';
import { nextChangeOf } from '../upNext.ts';

const schema = z.object({
  interviewId: id,
  questionId: z.union([id, z.literal('').transform(() => null), z.null()]).default(null),
});

/** The host says which question is being answered now; none clears the stage. */
export async function setStage(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, questionId } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canDirect(actor, interview), actor, interview);
  await inRoom(interviewId, async (fresh, revision) => {
    const question = questionId ? await findQuestion(interviewId, questionId) : null;
    if (question && !isPublicQuestion(question.state)) throw conflict('interview.errors.question-not-published');
    const before = fresh.onStage ? await QuestionModel.findById(fresh.onStage).lean<Question>() : null;
    // What is being answered is not next any more
    const upNext = fresh.upNext?.filter((one) => one !== questionId) ?? [];
    const order = upNext.length === (fresh.upNext?.length ?? 0) ? null : { upNext, nextRevision: revision };
    await changeInterview(interviewId, {
      from: statesOpenTo('direct'),
      set: { onStage: questionId, stageRevision: revision, ...order },
      trail: trailEntry(actor, 'stage', { ...(questionId ? { to: questionId } : {}) }),
      refusedKey: 'interview.errors.not-live',
    });
    const stage = { onStage: questionId, stageRevision: revision, state: 'live' as const };
    const persons: Record<string, Row[]> = {};
    for (const one of [before, question]) {
      if (!one) continue;
      for (const [id, rows] of Object.entries(await askersRows(one, stage)))
        persons[id] = [...(persons[id] ?? []), ...rows];
    }
    const next = order ? await nextChangeOf(order) : { public: [], desk: [] };
    const row = stageRow(stage, question);
    return { public: [row, ...next.public], desk: [row, ...next.desk], persons };
  });
}
