import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse, say } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { phases, statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canHost, demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';

const schema = z.object({ interviewId: id, phase: z.enum(phases, say('errors.invalid-value')) });

/** The host goes to a phase of the live hour. */
export async function setPhase(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, phase } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canHost(actor, interview), actor, interview);
  await inRoom(interviewId, async (fresh, revision) => {
    await changeInterview(interviewId, {
      from: statesOpenTo('direct'),
      set: { phase, phaseRevision: revision },
      trail: trailEntry(actor, 'phase', { from: fresh.phase, to: phase }),
      refusedKey: 'interview.errors.not-live',
    });
    return everyone([phaseRow({ ...fresh, phase, phaseRevision: revision })]);
  });
}
