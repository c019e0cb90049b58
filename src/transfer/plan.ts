import { type Message, Refusal } from '../kernel/errors.ts';
import type { Fault } from './sheet.ts';

/** What importing one row will do, in words. */
export interface PlannedRow {
  line: number;
  label: string;
  outcome: 'new' | 'changed' | 'unchanged';
  changes: { column: string; before: string; after: string }[];
}
/** A one-time password that an import gave out. */
export interface GivenPassword {
  userName: string;
  displayName: string;
  password: string;
}
/** One call of an action. */
export interface Step {
  line: number;
  run(): Promise<GivenPassword | undefined>;
}
export interface Plan {
  rows: PlannedRow[];
  faults: Fault[];
  steps: Step[];
}

/** Compares what is stored with what the file says, both in words. `before` is undefined for something new. */
export function compare(
  line: number,
  label: string,
  before: Readonly<Record<string, string>> | undefined,
  after: Readonly<Record<string, string>>,
): PlannedRow {
  const changes = Object.entries(after)
    .map(([column, value]) => ({ column, before: before?.[column] ?? '', after: value }))
    .filter((change) => change.before !== change.after);
  const outcome = before ? (changes.length > 0 ? 'changed' : 'unchanged') : 'new';
  return { line, label, outcome, changes };
}

/** Runs a check; gives the faults of the row when it refuses. */
export async function faultsOf(
  line: number,
  check: () => unknown,
  column: string | null = null,
  names: Readonly<Record<string, string>> = {},
): Promise<Fault[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const fields = Object.entries(error.fields);
    if (fields.length === 0) return [{ line, column, told: error.told }];
    return fields.map(([name, told]) => ({ line, column: names[name] ?? name, told }));
  }
}

/**
 * Runs the steps; one that is refused waits and is tried again after the others, since a parent may have to come
 * before its child. Gives the passwords given out and the steps that were refused to the end.
 */
export async function runSteps(steps: readonly Step[]) {
  const passwords: GivenPassword[] = [];
  let waiting = [...steps];
  for (;;) {
    const refused: { step: Step; told: Message }[] = [];
    for (const step of waiting) {
      try {
        const given = await step.run();
        if (given) passwords.push(given);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push({ step, told: Object.values(error.fields)[0] ?? error.told });
      }
    }
    if (refused.length === 0 || refused.length === waiting.length) {
      return { passwords, faults: refused.map(({ step, told }): Fault => ({ line: step.line, column: null, told })) };
    }
    waiting = refused.map(({ step }) => step);
  }
}
