import type { Actor } from '../kernel/actor.ts';
import { mayIn, mayCityWide } from '../kernel/may.ts';

/** Departments of a branch are kept by the administrators of the branch, and by the system when a city is set up. */
export const canManageDepartment = (actor: Actor, path: readonly string[]): boolean =>
  mayIn(actor, path, 'administrator');

/** Settings hold for the whole city. */
export const canChangeSettings = (actor: Actor): boolean => mayCityWide(actor, 'administrator');
