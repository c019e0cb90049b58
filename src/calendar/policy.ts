import { type Actor, hasRole } from '../kernel/actor.ts';
import { mayCityWide } from '../kernel/may.ts';

/** The calendar holds for the whole city. */
export const canEnterCalendar = (actor: Actor): boolean => mayCityWide(actor, 'administrator');

/** Everyone whose deadlines it makes may look at it. */
export const canSeeCalendar = (actor: Actor): boolean =>
  actor.kind === 'system' || hasRole(actor, 'administrator', 'clerk', 'supervisor', 'head', 'handler');
