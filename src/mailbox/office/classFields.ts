import { startClock } from '../../kernel/clock.ts';
import { writeDate } from '../../web/views/timeWords.ts';
import { planAnswer } from '../assignment.ts';
import { running } from '../clocks.ts';
import { letterKinds, procedures, urgencies } from '../letter.ts';
import { assignRule } from '../rules.ts';
import { subjectOptions } from '../subjects.ts';
import type { Bench, Field } from './act.ts';
import { kindWord, options } from './words.ts';

/** A moment to the minute, or that there is none. */
export const exact = (at: Date | null, { language, say }: Bench): string =>
  at ? writeDate(at, 'exact', language) : say('due.none');

/** Kind, subject, urgency, procedure, as they stand on the letter. */
export function classFields(bench: Bench): Field[] {
  const { letter, say, language, at, calendar } = bench;
  const decided = running(letter.clocks, 'answer') !== undefined;
  const hintOf = (urgency: (typeof urgencies)[number]) =>
    say('hints.assign-until', {
      until: exact(startClock('assign', assignRule(urgency), at, calendar).deadline.dueAt, bench),
    });
  const kinds = decided ? [letter.kind] : letterKinds;
  const possible = decided ? [letter.procedure] : procedures;
  return [
    {
      name: 'kind',
      type: 'select',
      label: say('fields.kind'),
      value: letter.kind,
      options: options(kinds, (kind) => kindWord(kind, language)),
    },
    {
      name: 'subject',
      type: 'select',
      label: say('fields.subject'),
      value: letter.subject,
      options: [{ value: '', label: say('fields.none') }, ...subjectOptions(language)],
    },
    {
      name: 'urgency',
      type: 'radio',
      label: say('fields.urgency'),
      value: letter.urgency,
      options: urgencies.map((value) => ({
        value,
        label: say(`urgencies.${value}`),
        ...(decided ? {} : { hint: hintOf(value) }),
      })),
    },
    {
      name: 'procedure',
      type: 'radio',
      label: say('fields.procedure'),
      value: letter.procedure,
      options: planned(bench, possible),
    },
  ];
}

/** Every procedure with the deadline it would give now. */
export function planned(bench: Bench, possible: readonly (typeof procedures)[number][]) {
  const { letter, say, at, calendar } = bench;
  return possible.map((procedure) => {
    const { answer } = planAnswer({ ...letter, procedure }, at, calendar);
    return {
      value: procedure,
      label: say(`procedures.${procedure}`),
      hint: say('hints.answer-until', { until: exact(answer.deadline.dueAt, bench) }),
    };
  });
}
