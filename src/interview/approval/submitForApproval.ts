import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id, version } from '../fields.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { approvalNeeded } from './approval.ts';
import { tellApprovalJob } from './tell.ts';

const schema = z.object({ interviewId: id, version });

/** An organiser lays a draft before the secretariat 报送备案; `version` is what was on the screen. */
export async function submitForApproval(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, version: seen } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  if (!approvalNeeded.value()) throw conflict('interview-approval.errors.not-needed');
  if (interview.startsAt <= now()) throw conflict('interview-approval.errors.start-passed');
  const at = now();
  await changeInterview(interviewId, {
    from: ['draft'],
    only: { version: seen, 'approval.state': { $nin: ['submitted', 'approved'] } },
    set: { approval: { state: 'submitted', by: doerOf(actor), at, remarks: '' } },
    trail: trailEntry(actor, 'submit'),
    refusedKey: 'interview-approval.errors.cannot-submit',
  });
  await recordAudit(actor, {
    verb: 'interview.submit',
    target: { type: 'interview', id: interviewId, label: interview.topic },
    after: { startsAt: interview.startsAt.toISOString() },
  });
  await enqueue(tellApprovalJob, { interviewId, at: at.getTime() });
}
