import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview, type Interview } from '../interviewModel.ts';
import { canSteer, demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';

const schema = z.object({
  interviewId: id,
  minutes: z.coerce
    .number(say('errors.invalid-value'))
    .int()
    .min(-30, say('errors.invalid-value'))
    .max(120, say('errors.invalid-value')),
});
/** An interview is planned for a day at most. */
const longest = 600;
const endsAt = ({ startsAt }: Pick<Interview, 'startsAt'>, minutes: number) =>
  new Date(startsAt.getTime() + minutes * 60_000);

/** The host makes the live hour longer 延长 by some minutes, or takes some back; everyone sees the new end. */
export async function extendInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, minutes } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canSteer(actor, interview), actor, interview);
  await inRoom(interviewId, async (fresh, revision) => {
    const plannedMinutes = fresh.plannedMinutes + minutes;
    if (plannedMinutes > longest) throw invalid({ minutes: { key: 'interview-host.too-long' } });
    if (minutes < 0 && endsAt(fresh, plannedMinutes) <= now())
      throw invalid({ minutes: { key: 'interview-host.too-short' } });
    const changed = { plannedMinutes, phaseRevision: revision };
    await changeInterview(interviewId, {
      from: statesOpenTo('direct'),
      set: changed,
      trail: trailEntry(actor, 'extend', { note: `${minutes > 0 ? '+' : ''}${minutes}` }),
      refusedKey: 'interview.errors.not-live',
    });
    return everyone([phaseRow({ ...fresh, ...changed })]);
  });
}
