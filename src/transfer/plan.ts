import { Refusal } from '../kernel/errors.ts';
import type { Fault } from './sheet.ts';

/** What importing one row will do, in words. */
export interface PlannedRow {
  line: number;
  label: string;
  outcome: 'new' | 'changed' | 'unchanged';
  changes: { column: string; before: string; after: string }[];
}
/** What an action is called with; kept in the database between confirming and writing. */
export type StepInput = Readonly<Record<string, string | number>>;
/** One call of an action. Names all it needs, so that it can be done later, and looked at again after an interruption. */
export interface Step {
  line: number;
  verb: string;
  input: StepInput;
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
