import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canSteer, demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';

const schema = z.object({ interviewId: id });

/** Emergency brake 暂停: no questions and no supports until it is lifted; everyone is told so. */
export function pauseRoom(actor: Actor, input: unknown): Promise<void> {
  return setPause(actor, input, true);
}

/** Lifts the pause: questions and supports are taken again. */
export function resumeRoom(actor: Actor, input: unknown): Promise<void> {
  return setPause(actor, input, false);
}

async function setPause(actor: Actor, input: unknown, paused: boolean): Promise<void> {
  const { interviewId } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canSteer(actor, interview), actor, interview);
  const verb = paused ? 'pause' : 'resume';
  await inRoom(interviewId, async (fresh, revision) => {
    if (Boolean(fresh.pausedAt) === paused) return {};
    const changed = { pausedAt: paused ? now() : null, phaseRevision: revision };
    await changeInterview(interviewId, {
      from: statesOpenTo('support'),
      set: changed,
      trail: trailEntry(actor, verb),
      refusedKey: 'interview.errors.not-live',
    });
    return everyone([phaseRow({ ...fresh, ...changed })]);
  });
  await recordAudit(actor, {
    verb: `interview.${verb}`,
    target: { type: 'interview', id: interviewId, label: interview.topic },
  });
}
