import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { forbidden, invalid } from '../../kernel/errors.ts';
import { isId, newId } from '../../kernel/id.ts';
import { parse, say } from '../../kernel/parse.ts';
import { now } from '../../kernel/time.ts';
import { departmentById } from '../../organization/index.ts';
import { trailEntry } from '../doer.ts';
import { InterviewModel, type Interview } from '../interviewModel.ts';
import { canOrganiseIn } from '../policy.ts';
import { demandAhead, interviewFields } from './interviewInput.ts';

const unchosen = say('interview.errors.no-department');
const schema = z.object({ ...interviewFields, departmentId: z.string(unchosen).refine(isId, unchosen) });

/** An organiser drafts an interview; nobody else sees it until it is announced. Gives its id. */
export async function createInterview(actor: Actor, input: unknown): Promise<string> {
  const { guests, ...fields } = parse(schema, input);
  const department = await departmentById(fields.departmentId);
  if (!department?.active) throw invalid({ departmentId: { key: 'interview.errors.no-department' } });
  if (!canOrganiseIn(actor, department.path)) throw forbidden('interview.errors.not-your-department');
  demandAhead(actor, fields.startsAt);
  const interview: Interview = {
    _id: newId(),
    ...fields,
    departmentPath: [...department.path],
    departmentName: { 'zh-CN': department.name, en: department.nameEnglish || department.name },
    guests: guests.map(({ name, title, personId }) => ({ id: newId(), name, title, personId: personId ?? null })),
    roles: [],
    state: 'draft',
    phase: 'opening',
    onStage: null,
    notices: [],
    createdAt: now(),
    announcedAt: null,
    startedAt: null,
    closedAt: null,
    archivedAt: null,
    phaseRevision: 0,
    stageRevision: 0,
    peakOnline: 0,
    version: 1,
    trail: [trailEntry(actor, 'create', { to: 'draft' })],
  };
  await InterviewModel.create(interview);
  await recordAudit(actor, {
    verb: 'interview.create',
    target: { type: 'interview', id: interview._id, label: interview.topic },
    after: { topic: interview.topic, departmentId: interview.departmentId, startsAt: interview.startsAt.toISOString() },
  });
  return interview._id;
}
