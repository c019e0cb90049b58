import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { endPlaces } from '../../live/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { invalid, type Message } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { interviewRoles, statesOpenTo, type InterviewRole } from '../interview.ts';
import { changeInterview, findInterview } from '../interviewModel.ts';
import { staffMember } from '../people.ts';
import { canOrganise, demand } from '../policy.ts';
import { roomKind } from '../room.ts';

const schema = z.object({
  interviewId: id,
  role: z.enum(interviewRoles, say('interview.errors.choose-role')),
  personId: z.string(say('interview.errors.choose-person')).min(1, say('interview.errors.choose-person')),
});

/** An organiser gives an account a role in the interview; one person may hold several. */
export async function assignRole(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, role, personId } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  const person = await staffMember(personId);
  if (!person) throw invalid({ personId: { key: 'interview.errors.choose-person' } });
  const held = { role, personId, name: person.name };
  await changeInterview(interviewId, {
    from: statesOpenTo('staff'),
    only: { roles: { $not: { $elemMatch: { role, personId } } } },
    set: {},
    push: { roles: held },
    trail: trailEntry(actor, 'assign', { to: role, note: person.name }),
    refusedKey: 'interview.errors.has-role-already',
  });
  endPlaces(roomKind, interviewId, personId);
  await audit(actor, 'interview.assign', interviewId, interview.topic, {
    after: { role, personId, name: person.name },
  });
}

const several = z.object({
  interviewId: id,
  people: z.array(schema.pick({ role: true, personId: true })).min(1, say('interview.errors.choose-person')),
});

/** The field of a form in which somebody is named for a role. */
export const roleField = (role: InterviewRole): string => `person-${role}`;

/** An organiser gives several roles at once: all of them, or none when somebody is unknown; who has a role keeps it. */
export async function assignRoles(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, people } = parse(several, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  const unknown: Record<string, Message> = {};
  for (const { role, personId } of people) {
    if (!(await staffMember(personId))) unknown[roleField(role)] = { key: 'interview.errors.choose-person' };
  }
  if (Object.keys(unknown).length > 0) throw invalid(unknown);
  for (const { role, personId } of people) {
    const held = interview.roles.some((one) => one.role === role && one.personId === personId);
    if (!held) await assignRole(actor, { interviewId, role, personId });
  }
}

/** An organiser takes a role away. */
export async function revokeRole(actor: Actor, input: unknown): Promise<void> {
  const { interviewId, role, personId } = parse(schema, input);
  const interview = await findInterview(interviewId);
  demand(canOrganise(actor, interview), actor, interview);
  const gone = interview.roles.find((held) => held.role === role && held.personId === personId);
  if (!gone) return;
  await changeInterview(interviewId, {
    from: statesOpenTo('staff'),
    only: { roles: { $elemMatch: { role, personId } } },
    set: {},
    pull: { roles: { role, personId } },
    trail: trailEntry(actor, 'revoke', { from: role, note: gone.name }),
    refusedKey: 'interview.errors.changed-meanwhile',
  });
  endPlaces(roomKind, interviewId, personId);
  await audit(actor, 'interview.revoke', interviewId, interview.topic, { before: { role, personId, name: gone.name } });
}

function audit(actor: Actor, verb: string, id: string, label: string, change: { before?: unknown; after?: unknown }) {
  return recordAudit(actor, { verb, target: { type: 'interview', id, label }, ...change });
}
