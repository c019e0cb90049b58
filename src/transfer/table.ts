import type { Actor } from '../kernel/actor.ts';
import type { Plan, StepInput } from './plan.ts';
import type { SheetRow } from './sheet.ts';

/** An action as an import calls it. */
export interface StepVerb {
  /** True when what is stored is already as the action would leave it: done before an interruption, or by somebody else. */
  isDone(input: StepInput): Promise<boolean>;
  /** `password` is what the account that it opens may first sign in with. */
  run(actor: Actor, input: StepInput, password: string): Promise<unknown>;
  /** The step opens an account: `id`, `userName` and `displayName` stand in its input. */
  opensAccount?: true;
}

/** A table that can be taken out and brought in. */
export interface Transfer {
  /** `department`: words stand in `transfer.<kind>`, audit verbs are `<kind>.import` and `<kind>.export`. */
  kind: string;
  /** Where it is mounted, e.g. `/office/departments`. */
  base: string;
  columns: readonly string[];
  /** The column without which nothing can be read. */
  needed: string;
  allowed(actor: Actor): boolean;
  /** What is stored, as far as the actor administers it, in the order of `columns`. */
  rows(actor: Actor): Promise<string[][]>;
  /** What the rows would do. */
  plan(actor: Actor, rows: readonly SheetRow[]): Promise<Plan>;
  /** The actions that its steps name. */
  verbs: Readonly<Record<string, StepVerb>>;
}

const tables = new Map<string, Transfer>();

/** Makes a table known to the job that writes imports. */
export function declareTable(table: Transfer): void {
  tables.set(table.kind, table);
}

/** Gives the table of a kind; a kind that nobody declared is a defect. */
export function tableOf(kind: string): Transfer {
  const table = tables.get(kind);
  if (!table) throw new Error(`No table ${kind}`);
  return table;
}
