import { z } from 'zod';
import { now } from '../../kernel/time.ts';
import { defineJob, enqueue } from '../../platform/queue/queue.ts';
import { InterviewModel } from '../interviewModel.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';

/** Takes a guard that has had its time from the desks' pages; whether it is in force is read from its time anyway. */
export const endGuard = defineJob({
  name: 'interview.end-guard',
  input: z.object({ interviewId: z.string() }),
  run: ({ interviewId }) =>
    inRoom(interviewId, async (fresh, revision) => {
      const until = fresh.guard?.until;
      if (!until || until > now()) return {};
      const changed = { guard: null, phaseRevision: revision };
      await InterviewModel.updateOne({ _id: interviewId }, { $set: changed });
      return everyone([phaseRow({ ...fresh, ...changed })]);
    }),
});

/** The guard ends at this moment. */
export async function endGuardLater(interviewId: string, until: Date): Promise<void> {
  await enqueue(endGuard, { interviewId }, { runAt: until });
}
