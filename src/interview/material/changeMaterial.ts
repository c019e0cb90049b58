import type { UpdateQuery } from 'mongoose';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { conflict } from '../../kernel/errors.ts';
import { approvalAfterChange } from '../approval/approval.ts';
import { trailEntry } from '../doer.ts';
import { changeInterview, findInterview, type Interview } from '../interviewModel.ts';
import { canOrganise, demand } from '../policy.ts';
import { materialOf, type MaterialFile, type Picture } from './material.ts';

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

interface Addition {
  list: 'files' | 'pictures';
  items: readonly (MaterialFile | Picture)[];
  /** How many the list may have afterwards. */
  most: number;
  note: string;
}

/** Adds to a list of the material while there is room; of two who add at the same moment the list takes no more than it may. */
export async function addMaterial(
  actor: Actor,
  interview: Interview,
  { list, items, most, note }: Addition,
): Promise<void> {
  const refuseFull = ({ material }: Pick<Interview, 'material'>) => {
    if (materialOf({ material })[list].length + items.length > most)
      throw conflict(`interview-material.errors.too-many-${list}`, { count: most });
  };
  refuseFull(interview);
  const hasRoom = { [`material.${list}.${most - items.length}`]: { $exists: false } };
  const change = { push: { [`material.${list}`]: { $each: items } }, only: hasRoom, note };
  await changeMaterial(actor, interview, change).catch(async (error: unknown) => {
    refuseFull(await findInterview(interview._id));
    throw error;
  });
}
