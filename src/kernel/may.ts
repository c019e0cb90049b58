import type { Actor, StaffRole } from './actor.ts';

/**
 * May this person, here? A role holds in its department and everything below it, and nowhere else. Every feature asks
 * in this way; `hasRole` says only that somebody has such work anywhere, which is enough to show them a way to it.
 * `path` runs from the root of the tree to the department it is about. Timed jobs and seeds may.
 */
export function mayIn(actor: Actor, path: readonly string[], ...roles: readonly StaffRole[]): boolean {
  if (actor.kind === 'system') return true;
  return (
    actor.kind === 'staff' &&
    actor.roles.some((grant) => roles.includes(grant.role) && path.includes(grant.departmentId))
  );
}

/** May this person, for the whole city? They may when they hold the role at the root of the tree. */
export function mayCityWide(actor: Actor, ...roles: readonly StaffRole[]): boolean {
  if (actor.kind === 'system') return true;
  return (
    actor.kind === 'staff' &&
    actor.roles.some((grant) => roles.includes(grant.role) && grant.departmentPath.length === 1)
  );
}
