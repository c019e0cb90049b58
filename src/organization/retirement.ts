import type { Actor } from '../kernel/actor.ts';
import { type Message, Refusal } from '../kernel/errors.ts';

/** What keeps a department open, and where to see to it; `href` is null where this person has no business. */
export interface OpenWork {
  told: Message;
  href: string | null;
}

/** Takes a department's identifier; gives what of a feature still depends on it, or undefined. */
export type RetirementCheck = (departmentId: string, actor: Actor) => Promise<OpenWork | undefined>;
const checks: RetirementCheck[] = [];

/** Lets a feature hold a department open while something of the feature still depends on it. */
export function beforeRetirement(check: RetirementCheck): void {
  checks.push(check);
}

/** Everything that must be elsewhere before the department can end. */
export async function openWorkOf(departmentId: string, actor: Actor): Promise<OpenWork[]> {
  const found = await Promise.all(checks.map((check) => check(departmentId, actor)));
  return found.filter((work) => work !== undefined);
}

/** Throws a 409 with the first reason why the department cannot end yet. */
export async function refuseRetirementWhileNeeded(departmentId: string, actor: Actor): Promise<void> {
  const [first] = await openWorkOf(departmentId, actor);
  if (first) throw new Refusal(409, 'conflict', first.told);
}
