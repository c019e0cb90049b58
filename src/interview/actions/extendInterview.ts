import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canSteer, demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';

const schema = z.object({
  interviewId: id,
  minutes: z.coerce.number(say('errors.invalid-value')).int().min(5).max(120),
});
/** An interview is planned for a day at most. */
const longest = 600;

/** The host makes the live hour longer 延长 by some minutes; everyone sees the new end. */
export async function extendInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, minutes } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canSteer(actor, interview), actor, interview);
  await inRoom(interviewId, async (fresh, revision) => {
    const plannedMinutes = fresh.plannedMinutes + minutes;
    if (plannedMinutes > longest) throw invalid({ minutes: { key: 'interview-host.too-long' } });
    const changed = { plannedMinutes, phaseRevision: revision };
    await changeInterview(interviewId, {
      from: statesOpenTo('direct'),
      set: changed,
      trail: trailEntry(actor, 'extend', { note: `+${minutes}` }),
      refusedKey: 'interview.errors.not-live',
    });
    return everyone([phaseRow({ ...fresh, ...changed })]);
  });
}
