import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id, version } from '../fields.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canSee, demand } from '../policy.ts';
import { canApprove, type ApprovalState } from './approval.ts';
import { tellApprovalJob } from './tell.ts';

const remarksMax = 500;
const which = { interviewId: id, version };
const approval = z.object({ ...which, remarks: typedText({ min: 0, max: remarksMax }).default('') });
const refusal = z.object({ ...which, remarks: typedText({ min: 4, max: remarksMax }) });

/** A clerk approves a submitted draft as it was on the screen 同意; remarks may be added. */
export async function approveInterview(actor: Actor, input: unknown): Promise<void> {
  return decide(actor, parse(approval, input), 'approved');
}

/** A clerk sends a submitted draft back 退回, saying what to change. */
export async function returnInterview(actor: Actor, input: unknown): Promise<void> {
  return decide(actor, parse(refusal, input), 'returned');
}

async function decide(actor: Actor, given: z.output<typeof approval>, state: ApprovalState): Promise<void> {
  const { interviewId, version: seen, remarks } = given;
  const interview = await findInterview(interviewId);
  demand(canSee(actor, interview), actor, interview);
  if (!canApprove(actor, interview)) throw forbidden('interview-approval.errors.not-secretariat');
  const at = now();
  const verb = state === 'approved' ? 'approve' : 'return';
  await changeInterview(interviewId, {
    from: ['draft'],
    only: { version: seen, 'approval.state': 'submitted' },
    set: { approval: { state, by: doerOf(actor), at, remarks } },
    trail: trailEntry(actor, verb, remarks ? { note: remarks } : {}),
    refusedKey: 'interview-approval.errors.cannot-decide',
  });
  await recordAudit(actor, {
    verb: `interview.${verb}`,
    target: { type: 'interview', id: interviewId, label: interview.topic },
    after: { remarks },
  });
  await enqueue(tellApprovalJob, { interviewId, at: at.getTime() });
}
