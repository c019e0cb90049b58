import { type Actor, hasRole, hasRoleCityWide } from '../kernel/actor.ts';

/** The calendar holds for the whole city. */
export const canEnterCalendar = (actor: Actor): boolean =>
  actor.kind === 'system' || hasRoleCityWide(actor, 'administrator');

/** Everyone whose deadlines it makes may look at it. */
export const canSeeCalendar = (actor: Actor): boolean =>
  actor.kind === 'system' || hasRole(actor, 'administrator', 'clerk', 'supervisor', 'head', 'handler');
