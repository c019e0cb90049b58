import { type Message, Refusal } from '../kernel/errors.ts';

/** Takes a department's identifier; gives why it cannot end yet, or undefined. */
export type RetirementCheck = (departmentId: string) => Promise<Message | undefined>;
const checks: RetirementCheck[] = [];

/** Lets a feature hold a department open while something of the feature still depends on it. */
export function beforeRetirement(check: RetirementCheck): void {
  checks.push(check);
}

/** Throws a 409 with the first reason why the department cannot end yet. */
export async function refuseRetirementWhileNeeded(departmentId: string): Promise<void> {
  for (const check of checks) {
    const reason = await check(departmentId);
    if (reason) throw new Refusal(409, 'conflict', reason);
  }
}
