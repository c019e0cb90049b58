import { type Actor, hasRoleCityWide, hasRoleIn } from '../kernel/actor.ts';

/** Departments of a branch are kept by the administrators of the branch, and by the system when a city is set up. */
export const canManageDepartment = (actor: Actor, path: readonly string[]): boolean =>
  actor.kind === 'system' || hasRoleIn(actor, path, 'administrator');

/** Settings hold for the whole city. */
export const canChangeSettings = (actor: Actor): boolean =>
  actor.kind === 'system' || hasRoleCityWide(actor, 'administrator');
