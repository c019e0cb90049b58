import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { now } from '../../kernel/time.ts';
import { enqueue } from '../../platform/queue/queue.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { changeInterview, findInterview, type Interview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { tellChangeJob } from '../reminders/jobs.ts';
import { everyone, inRoom } from '../room.ts';
import { phaseRow } from '../rows.ts';
import { moment } from './interviewInput.ts';

const reason = typedText({ min: 4, max: 300 });
const postponement = z.object({ interviewId: id, startsAt: moment, reason });
const cancellation = z.object({ interviewId: id, reason });

/** Writes the change, shows it in the room, records it, and has everyone told who signed up. */
async function putOff(
  actor: Actor,
  interview: Interview,
  kind: 'postponed' | 'cancelled',
  set: Partial<Interview> & { change: NonNullable<Interview['change']> },
): Promise<void> {
  const verb = kind === 'postponed' ? 'postpone' : 'cancel';
  const interviewId = interview._id;
  await inRoom(interviewId, async (fresh, revision) => {
    await changeInterview(interviewId, {
      from: ['announced'],
      only: { version: interview.version },
      set: { ...set, phaseRevision: revision },
      increase: { version: 1 },
      trail: trailEntry(actor, verb, { note: set.change.reason }),
      refusedKey: 'interview-archive.errors.cannot-put-off',
    });
    return everyone([phaseRow({ ...fresh, ...set, phaseRevision: revision })]);
  });
  await recordAudit(actor, {
    verb: `interview.${verb}`,
    target: { type: 'interview', id: interviewId, label: interview.topic },
    before: { startsAt: interview.startsAt.toISOString() },
    after: { startsAt: (set.startsAt ?? interview.startsAt).toISOString(), reason: set.change.reason },
  });
  const version = interview.version + 1;
  await enqueue(tellChangeJob, { interviewId, version }, { onceKey: `interview-change ${interviewId} ${version}` });
}

/** An organiser moves an announced interview to another time 延期, with the reason. */
export async function postponeInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, startsAt, reason: why } = parse(postponement, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  if (startsAt <= now()) throw invalid({ startsAt: { key: 'interview-archive.errors.in-the-past' } });
  if (startsAt.getTime() === interview.startsAt.getTime()) {
    throw invalid({ startsAt: { key: 'interview-archive.errors.same-time' } });
  }
  const change = { kind: 'postponed' as const, reason: why, at: now(), startedBefore: interview.startsAt };
  await putOff(actor, interview, 'postponed', { startsAt, change });
}

/** An organiser calls an announced interview off 取消, with the reason; it stays to be seen as cancelled. */
export async function cancelInterview(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, reason: why } = parse(cancellation, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  const change = { kind: 'cancelled' as const, reason: why, at: now(), startedBefore: interview.startsAt };
  await putOff(actor, interview, 'cancelled', { state: 'cancelled', change });
}
