import type { Actor } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { now } from '../kernel/time.ts';
import { groupWrites } from '../live/index.ts';
import { AuditEntryModel, type AuditEntry } from './entryModel.ts';
import { withhold } from './withhold.ts';

/** What an action tells the trail. */
export interface AuditNote {
  /** `<type>.<verb>`, e.g. `department.rename`; its words stand in `audit.verbs.<type>.<verb>`. */
  verb: string;
  /** `label` is the name the thing had at that moment, so that the trail can be read later. */
  target: { type: string; id: string; label?: string };
  before?: unknown;
  after?: unknown;
}

/** What is recorded while the trail is being written goes into one write after that; each caller hears when it is kept. */
const append = groupWrites<AuditEntry, undefined>(
  async (entries) => {
    await AuditEntryModel.insertMany(entries);
    return entries.map(() => undefined);
  },
  { waitMs: 0 },
);

/**
 * Appends one entry: who, with which roles then, did what to what, before and after.
 * Only officials and the system itself stand in the trail; what citizens do is not recorded here.
 */
export async function recordAudit(actor: Actor, note: AuditNote): Promise<void> {
  if (actor.kind !== 'staff' && actor.kind !== 'system') return;
  await append({
    _id: newId(16),
    at: now(),
    who: { kind: actor.kind, id: actor.id, name: actor.kind === 'staff' ? actor.name : 'system' },
    roles: actor.kind === 'staff' ? actor.roles.map(({ role, departmentId }) => ({ role, departmentId })) : [],
    verb: note.verb,
    target: { type: note.target.type, id: note.target.id, label: note.target.label ?? '' },
    before: withhold(note.before),
    after: withhold(note.after),
    requestId: actor.requestId,
  });
}
