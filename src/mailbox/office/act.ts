import type { WorkingCalendar } from '../../kernel/calendar.ts';
import type { Actor, Staff } from '../../kernel/actor.ts';
import type { Language } from '../../kernel/language.ts';
import type { Department } from '../../organization/index.ts';
import type { Party } from '../letter.ts';
import type { Letter } from '../record.ts';
import type { transitions } from '../transitions.ts';
import type { Say } from './words.ts';

export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

/** One control of an act's form; `value` is what it shows first. */
export interface Field {
  name: string;
  type: 'line' | 'lines' | 'number' | 'select' | 'radio' | 'checks' | 'check' | 'hidden' | 'note' | 'time';
  label?: string;
  hint?: string;
  value?: string | readonly string[];
  options?: readonly Choice[];
  rows?: number;
  max?: number;
  optional?: boolean;
}

/** What an act's form is made from. */
export interface Bench {
  actor: Staff;
  letter: Letter;
  language: Language;
  say: Say;
  at: Date;
  calendar: WorkingCalendar;
  parties: ReadonlySet<Party>;
  departments: readonly Department[];
  /** Samples of telephone re-surveys that the letter was drawn into. */
  samples: readonly string[];
  /** What this person typed into the form of the act before and has not sent. */
  typed?: Readonly<Record<string, string | readonly string[]>>;
  /** What the address asked for: a template, a past answer, a sample. */
  asked: Readonly<Record<string, unknown>>;
}

/** One thing that can be done to a letter, as the workbench offers it. */
export interface Act {
  verb: keyof typeof transitions;
  run(actor: Actor, input: unknown): Promise<unknown>;
  /** Beside the table of transitions: what else must be so. */
  when?(bench: Bench): boolean;
  fields?(bench: Bench): Field[] | Promise<Field[]>;
  /** Extra buttons: name `then` with this value; words in `acts.<act>.then.<value>`. */
  then?: readonly string[];
}
export type Acts = Record<string, Act>;

export const reasonField = ({ say }: Bench, name = 'reason'): Field => ({
  name,
  type: 'lines',
  label: say('fields.reason'),
  rows: 3,
  max: 1000,
});
export const remarkField = ({ say }: Bench): Field => ({
  name: 'remark',
  type: 'lines',
  label: say('fields.remark'),
  rows: 2,
  max: 1000,
  optional: true,
});
export const decisionField = ({ say }: Bench): Field => ({
  name: 'decision',
  type: 'radio',
  label: say('fields.decision'),
  options: ['grant', 'refuse'].map((value) => ({ value, label: say(`decisions.${value}`) })),
});
