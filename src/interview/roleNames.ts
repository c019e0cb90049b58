import type { Actor } from '../kernel/actor.ts';
import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import type { InterviewRole } from './interview.ts';
import type { Interview } from './interviewModel.ts';
import { rolesOf } from './policy.ts';

/** The word for a role that is given to somebody: who is given the guests' desk answers for them, and is no guest 嘉宾. */
export function roleName(language: Language, role: InterviewRole): string {
  return translate(language, role === 'guest' ? 'interview.office.aide' : `interview.roles.${role}`);
}

/** What this person is in an interview, in words. */
export function ownRoleNames(
  actor: Actor,
  interview: Pick<Interview, 'guests' | 'roles' | 'departmentPath' | 'state'>,
) {
  const isGuest = interview.guests.some(({ personId }) => personId === actor.id);
  return rolesOf(actor, interview).map((role) =>
    role === 'guest' && isGuest ? translate(actor.language, 'interview.roles.guest') : roleName(actor.language, role),
  );
}
