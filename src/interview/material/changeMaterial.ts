import type { UpdateQuery } from 'mongoose';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { approvalAfterChange } from '../approval/approval.ts';
import { trailEntry } from '../doer.ts';
import { changeInterview, findInterview, type Interview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';

/** The interview whose material this person may change, or a refusal. */
export async function forMaterial(actor: Actor, interviewId: string): Promise<Interview> {
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  return interview;
}

interface Change {
  set?: Record<string, unknown>;
  push?: UpdateQuery<Interview>['$push'];
  pull?: UpdateQuery<Interview>['$pull'];
  only?: Record<string, unknown>;
  /** What was added or taken away, for the trail. */
  note: string;
}

/** One change of the material in one write; a draft that was submitted has to be submitted again. */
export async function changeMaterial(actor: Actor, interview: Interview, change: Change): Promise<void> {
  const { set, push, pull, only, note } = change;
  await changeInterview(interview._id, {
    from: ['draft', 'announced', 'live', 'closed'],
    ...(only ? { only } : {}),
    set: { ...set, ...approvalAfterChange(actor, interview) },
    ...(push ? { push } : {}),
    ...(pull ? { pull } : {}),
    trail: trailEntry(actor, 'material', { note }),
    refusedKey: 'interview-material.errors.cannot-change',
  });
  await recordAudit(actor, {
    verb: 'interview.material',
    target: { type: 'interview', id: interview._id, label: interview.topic },
    after: { name: note },
  });
}
