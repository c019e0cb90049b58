import { hasRole, type Actor, type StaffRole } from '../kernel/actor.ts';
import { forbidden, notFound } from '../kernel/errors.ts';
import { mayIn } from '../kernel/may.ts';
import { now } from '../kernel/time.ts';
import { isPublic, type InterviewRole } from './interview.ts';
import type { Interview } from './interviewModel.ts';

type Roles = Pick<Interview, 'departmentPath' | 'roles' | 'guests' | 'state'>;
const organisers: readonly StaffRole[] = ['clerk', 'head', 'handler'];

/** The roles this person holds in this interview; a guest with an account is one without being assigned. */
export function rolesOf(actor: Actor, interview: Roles): InterviewRole[] {
  if (actor.kind !== 'staff') return [];
  const held = interview.roles
    .filter(({ personId, until }) => personId === actor.id && (!until || until > now()))
    .map(({ role }) => role);
  const isGuest = interview.guests.some(({ personId }) => personId === actor.id);
  return [...new Set(isGuest ? [...held, 'guest' as const] : held)];
}

/** Names of the people who hold a role of this interview now. */
export function holdersOf(interview: Pick<Interview, 'roles'>, role: InterviewRole): string[] {
  const held = interview.roles.filter((one) => one.role === role && (!one.until || one.until > now()));
  return [...new Set(held.map(({ name }) => name))];
}

function holds(actor: Actor, interview: Roles, ...roles: InterviewRole[]): boolean {
  return actor.kind === 'system' || rolesOf(actor, interview).some((role) => roles.includes(role));
}

/** Clerks, heads and handlers organise in their branch of the tree; the secretariat's branch is the city. */
export const canOrganiseIn = (actor: Actor, departmentPath: readonly string[]): boolean =>
  mayIn(actor, departmentPath, ...organisers);
export const canOrganise = (actor: Actor, interview: Roles) => canOrganiseIn(actor, interview.departmentPath);
/** True when the actor may organise an interview anywhere. */
export const canOrganiseSomewhere = (actor: Actor) => actor.kind === 'system' || hasRole(actor, ...organisers);

export const canScreen = (actor: Actor, interview: Roles) => holds(actor, interview, 'screener');
export const canRecord = (actor: Actor, interview: Roles) => holds(actor, interview, 'recorder');
export const canHost = (actor: Actor, interview: Roles) => holds(actor, interview, 'host');
/** Lets answers through, or sends them back. */
export const canReview = (actor: Actor, interview: Roles) => holds(actor, interview, 'reviewer');
/** Stage and notices: the host, and the director beside them. */
export const canDirect = (actor: Actor, interview: Roles) => holds(actor, interview, 'host', 'director');
/** Start and close: the host; the organiser when no host is at hand. */
export const canRun = (actor: Actor, interview: Roles) => canHost(actor, interview) || canOrganise(actor, interview);

/** Emergency brake, hiding, more time: the host, the director, the organiser. */
export const canSteer = (actor: Actor, interview: Roles) => canDirect(actor, interview) || canRun(actor, interview);

/** Banning and guarding: the screener, and who may pull the brake. */
export const canKeepOrder = (actor: Actor, interview: Roles) =>
  canScreen(actor, interview) || canSteer(actor, interview);

/** For which of the guests this person writes: themselves, or everyone when they hold the role without being one. */
export function guestsAnsweredBy(
  actor: Actor,
  interview: Pick<Interview, 'guests' | 'roles' | 'departmentPath' | 'state'>,
) {
  if (actor.kind === 'system') return interview.guests;
  if (actor.kind !== 'staff') return [];
  const own = interview.guests.filter(({ personId }) => personId === actor.id);
  if (own.length > 0) return own;
  return holds(actor, interview, 'guest') ? interview.guests : [];
}
export const canAnswer = (actor: Actor, interview: Interview) => guestsAnsweredBy(actor, interview).length > 0;

/** For whom this person writes answers: after the archiving the organisers see to what the guests left open. */
export function guestsWrittenFor(actor: Actor, interview: Interview) {
  const own = guestsAnsweredBy(actor, interview);
  const owes = own.length === 0 && interview.state === 'archived' && canOrganise(actor, interview);
  return owes ? interview.guests : own;
}
export const canWriteAnswers = (actor: Actor, interview: Interview) => guestsWrittenFor(actor, interview).length > 0;

/** Whoever has work in the interview, or organises it, may be at its desks. */
export function canBeAtDesk(actor: Actor, interview: Roles): boolean {
  return actor.kind === 'system' || rolesOf(actor, interview).length > 0 || canOrganise(actor, interview);
}

/** A draft is seen by those who prepare it; for everyone else it is not there. */
export function canSee(actor: Actor, interview: Roles): boolean {
  return isPublic(interview.state) || canBeAtDesk(actor, interview);
}

/** Throws when the rule says no: 404 where the interview itself may not be seen, otherwise 403. */
export function demand(allowed: boolean, actor: Actor, interview: Roles): void {
  if (allowed) return;
  if (!canSee(actor, interview)) throw notFound('interview.errors.not-found');
  throw forbidden('interview.errors.not-your-role');
}
