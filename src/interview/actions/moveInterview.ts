import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { interviewMoves, type InterviewMove } from '../interview.ts';
import { changeInterview, findInterview, type Interview } from '../interviewModel.ts';
import { demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow, stageRow } from '../rows.ts';

export const whichInterview = z.object({ interviewId: id });

interface Move {
  move: InterviewMove;
  allowed: (actor: Actor, interview: Interview) => boolean;
  /** What changes beside the state. */
  set: (interview: Interview) => Partial<Interview> | Promise<Partial<Interview>>;
  /** What must still be so beside the state. */
  only?: Record<string, unknown>;
}

/** Brings an interview into its next state, tells the room and the audit trail. */
export async function moveInterview(actor: Actor, input: unknown, { move, allowed, set, only }: Move): Promise<void> {
  const { interviewId } = parse(whichInterview, input);
  const interview = await findInterview(interviewId);
  demand(allowed(actor, interview), actor, interview);
  const { from, to } = interviewMoves[move];
  await inRoom(interviewId, async (fresh, revision) => {
    const changed = { ...(await set(fresh)), state: to, phaseRevision: revision, stageRevision: revision };
    await changeInterview(interviewId, {
      from,
      ...(only ? { only } : {}),
      set: changed,
      trail: trailEntry(actor, move, { from: fresh.state, to }),
      refusedKey: `interview.errors.cannot-${move}`,
    });
    const after = { ...fresh, ...changed };
    return everyone(after.onStage === null ? [phaseRow(after), stageRow(after, null)] : [phaseRow(after)]);
  });
  await recordAudit(actor, {
    verb: `interview.${move}`,
    target: { type: 'interview', id: interviewId, label: interview.topic },
    before: { state: interview.state },
    after: { state: to },
  });
}
