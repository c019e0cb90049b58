import { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { endPlaces } from '../../live/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { parse, say } from '../../kernel/parse.ts';
import { trailEntry } from '../doer.ts';
import { id } from '../fields.ts';
import { interviewRoles, statesOpenTo } from '../interview.ts';
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
