import { systemActor } from '../../../kernel/actor.ts';
import { newId } from '../../../kernel/id.ts';
import type { Department } from '../../../organization/index.ts';
import { newLetter } from '../../newLetter.ts';
import type { Doer } from '../../trailRecord.ts';
import type { Letter } from '../../record.ts';
import { fingerprint } from '../../secrets.ts';
import type { PastLetter } from './row.ts';

const actor = systemActor('mailbox.import');
const by: Doer = { kind: 'system', id: 'system', name: '' };

/** The same letter of the same source has the same key, so that it is taken once. */
export const importKey = (source: string, id: string): string => fingerprint('import', `${source}\n${id}`);

/**
 * A past letter as it is kept: closed, private, answered when it was. It had no clock of this system, so nothing is
 * said about deadlines or handling time, and it stands in no figure.
 */
export function importedLetter(
  past: PastLetter,
  number: string,
  key: string,
  runId: string,
  department: Department | undefined,
  source: string,
): Letter {
  const { createdAt, repliedAt } = past;
  const base = newLetter(actor, {
    _id: newId(),
    number,
    kind: past.kind,
    box: 'unified',
    channel: 'import',
    title: past.title,
    body: past.body,
    attachments: [],
    mayPublish: false,
    writerId: null,
    language: 'zh-CN',
    codeHash: fingerprint('no-code', key),
    formKeyHash: key,
    ownerPath: [],
    wishedDepartmentId: null,
    clocks: [],
    dueAt: null,
    submittedAt: createdAt,
    outbox: [],
  });
  const place = department ? { departmentId: department.id, path: [...department.path], name: department.name } : null;
  // A reply is always somebody's: where the file names no department, the place that the file came from
  const departmentName = department?.name ?? (past.department || source);
  const entry = { id: newId(), verb: 'import' as const, by, from: 'submitted' as const, to: 'closed' as const };
  return {
    ...base,
    state: 'closed',
    open: false,
    lead: place,
    replies: [
      {
        round: 1,
        text: past.reply,
        draftedBy: by,
        signedBy: by,
        departmentId: department?.id ?? '',
        departmentName,
        releasedAt: repliedAt,
      },
    ],
    repliedAt,
    closedAt: repliedAt,
    facts: { ...base.facts, acceptedAt: createdAt, repliedAt, departmentId: department?.id ?? null, departmentName },
    trail: [{ ...entry, at: repliedAt, data: { run: runId } }],
  };
}
