import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { parse, say } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canSteer, demand } from '../policy.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';
import { circles } from './circles.ts';

const circle = z.enum(circles, say('errors.invalid-value'));
const schema = z.object({ interviewId: id, asking: circle, supporting: circle });

/** Says who may ask and who may support in an interview; in force at once, also while it is live. */
export async function changeAccess(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, asking, supporting } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canSteer(actor, interview), actor, interview);
  await inRoom(interviewId, async (fresh, revision) => {
    await changeInterview(interviewId, {
      from: ['draft', 'announced', 'live'],
      set: { asking, supporting, phaseRevision: revision },
      trail: trailEntry(actor, 'access'),
      refusedKey: 'interview-access.errors.too-late',
    });
    return everyone([phaseRow({ ...fresh, asking, supporting, phaseRevision: revision })]);
  });
  await recordAudit(actor, {
    verb: 'interview.access',
    target: { type: 'interview', id: interviewId, label: interview.topic },
    before: { asking: interview.asking ?? 'everyone', supporting: interview.supporting ?? 'everyone' },
    after: { asking, supporting },
  });
}
