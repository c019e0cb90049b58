import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict, invalid, notFound } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { doerOf, trailEntry } from '../doer.ts';
import { id, version } from '../fields.ts';
import { statesOpenTo } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { canRecord, demand } from '../policy.ts';
import { checkOf, storeCheck, type Proposal } from '../record/checkModel.ts';
import { takeWords } from '../record/takeWords.ts';

const schema = z.object({
  interviewId: id,
  guestId: id,
  proposalId: id,
  /** Saves of the passage as the recorder saw it. */
  version,
  decision: z.enum(['take', 'decline']),
  reason: typedText({ min: 0, max: 300, line: true }).default(''),
});

/**
 * The recorder takes a guest's correction into the record, where it is marked as one, or declines it with a reason.
 * `waits` is true when the new words of an answer still have to be agreed to or reviewed before they are out.
 */
export async function decideCorrection(actor: Actor, input: unknown): Promise<{ waits: boolean }> {
  const { interviewId, guestId, proposalId, version: seen, decision, reason } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canRecord(actor, interview), actor, interview);
  const states = statesOpenTo('correct');
  if (!states.includes(interview.state)) throw conflict(`interview-check.errors.no-correction-${interview.state}`);
  const check = await checkOf(interviewId, guestId);
  const proposal = check.proposals.find((one) => one.id === proposalId);
  if (!proposal) throw notFound('interview-check.errors.no-proposal');
  if (proposal.state !== 'open') throw conflict('interview-check.errors.decided');
  if (decision === 'decline' && reason === '') throw invalid({ reason: { key: 'interview-check.errors.say-why' } });
  // The words first: if this breaks off, the proposal is still open, and taking it again changes nothing twice
  const waits = decision === 'take' && (await takeWords(actor, interview, guestId, proposal, seen));
  const decided: Proposal = {
    ...proposal,
    state: decision === 'take' ? 'taken' : 'declined',
    reason,
    decidedBy: doerOf(actor),
    decidedAt: now(),
  };
  await storeCheck(check, { proposals: check.proposals.map((one) => (one.id === proposalId ? decided : one)) });
  const guest = interview.guests.find((one) => one.id === guestId)?.name ?? '';
  await changeInterview(interviewId, {
    from: states,
    set: {},
    trail: trailEntry(actor, `${decision}-correction`, { note: guest }),
    refusedKey: 'interview-check.errors.no-correction-archived',
  });
  await recordAudit(actor, {
    verb: `interview.${decision}-correction`,
    target: { type: 'interview', id: interviewId, label: interview.topic },
    after: { guest },
  });
  return { waits };
}
