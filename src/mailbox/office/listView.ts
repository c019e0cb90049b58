import { workingCalendar } from '../../calendar/index.ts';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import type { Refusal } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/language.ts';
import { now } from '../../kernel/time.ts';
import { departmentById, departmentName, departmentOptions, listDepartments } from '../../organization/index.ts';
import { errorsOf } from '../../web/form.ts';
import type { archivePage } from '../archive.ts';
import { boxes, letterKinds, letterStates, marks, urgencies } from '../letter.ts';
import { queuePage, type QueueFilter } from '../queries.ts';
import { canEnterOnBehalf } from '../policy.ts';
import { subjectOptions } from '../subjects.ts';
import { archiveRow, tableRow } from './rows.ts';
import { boxWord, kindWord, options, sayIn, stateWord } from './words.ts';

const kept = [
  ...(['queue', 'state', 'kind', 'box', 'urgency', 'mark', 'department', 'subject', 'search', 'sort'] as const),
  ...(['lead', 'measure'] as const),
] as const;

/** The filter as an address holds it, so that it can be sent to a colleague; other values go over those given. */
export function queryOf(filter: Record<string, unknown>, other: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const name of kept) {
    const value = filter[name];
    if (typeof value === 'string' && value !== '') query.set(name, value);
  }
  for (const [name, value] of Object.entries(other)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  return query.toString();
}

/** The choices of the filter's selects. */
export async function filterOptions(language: Language) {
  const say = sayIn(language);
  return {
    states: options(letterStates, (value) => stateWord(value, language)),
    kinds: options(letterKinds, (value) => kindWord(value, language)),
    boxes: options(boxes, (value) => boxWord(value, language)),
    urgencies: options(urgencies, (value) => say(`urgencies.${value}`)),
    marks: options(marks, (value) => say(`marks.${value}`)),
    subjects: subjectOptions(language),
    sorts: options(['due', 'newest', 'oldest'], (value) => say(`sorts.${value}`)),
    departments: departmentOptions(await listDepartments(), language),
  };
}

interface Again {
  typed: Record<string, unknown>;
  refusal: Refusal | undefined;
}

/** The letters ticked in a form that came back: whatever version of them was seen. */
export function tickedIn({ letter }: Record<string, unknown>): ReadonlySet<string> {
  return new Set([letter ?? []].flat().map((key) => String(key).split('~')[0] ?? ''));
}

/** Everything /office/letters shows. */
export async function listModel(actor: Actor, query: unknown, { typed, refusal }: Again) {
  const { language } = actor;
  const say = sayIn(language);
  const found = await queuePage(actor, query);
  const { filter, counts } = found;
  const ticked = tickedIn(typed);
  const seen = { at: now(), calendar: await workingCalendar(), language };
  // Empty lists are not offered: a desk has up to a dozen
  const shown = found.queues.filter((name) => counts[name] > 0 || name === filter.queue || name === 'all');
  const link = (other: Record<string, string>) => `/office/letters?${queryOf(filter, other)}`;
  return {
    layout: 'office',
    title: say('list.title'),
    filter,
    query: queryOf(filter),
    // The same page of the list, should the form come back
    bulkQuery: queryOf(filter, { after: filter.after }),
    filtered: isFiltered(filter),
    narrowed: await narrowedTo(filter, language, link),
    clearHref: `/office/letters?queue=${filter.queue}`,
    queues: shown.map((name) => ({
      href: link({ queue: name }),
      text: say(`queues.${name}`),
      count: counts[name],
      current: name === filter.queue,
    })),
    states: found.states
      .filter(({ count }) => count > 0)
      .map(({ state, count }) => ({
        href: link({ state: filter.state === state ? '' : state }),
        text: stateWord(state, language),
        count,
        current: filter.state === state,
      })),
    heading: say(`queues.${filter.queue}`),
    caption: say('list.caption', { count: found.total }),
    rows: found.rows.map((row) => ({ ...tableRow(row, seen), ticked: ticked.has(row.id) })),
    next: found.next ? `/office/letters?${queryOf(filter, { after: found.next })}` : null,
    choices: await filterOptions(language),
    mayEnter: canEnterOnBehalf(actor),
    bulk: {
      accept: hasRole(actor, 'clerk') && filter.queue === 'intake',
      classify: hasRole(actor, 'clerk'),
      urge: hasRole(actor, 'clerk', 'supervisor') && filter.queue !== 'intake',
      topic: hasRole(actor, 'clerk', 'supervisor'),
    },
    mayBulk: hasRole(actor, 'clerk', 'supervisor'),
    errors: errorsOf(refusal),
    refused: refusal !== undefined,
    values: { subject: '', urgency: '', topic: '', remark: '', ...typed },
  };
}

/** What came with the address from the board and has no field of its own: in words, each with the way out of it. */
async function narrowedTo(filter: QueueFilter, language: Language, link: (other: Record<string, string>) => string) {
  const say = sayIn(language);
  const lead = filter.lead ? await departmentById(filter.lead) : undefined;
  const measure = filter.measure && {
    text: say(`measures.${filter.measure}`),
    href: link({ measure: '' }),
  };
  const department = lead && {
    text: say('list.led-by', { department: departmentName(lead, language) }),
    href: link({ lead: '' }),
  };
  return [measure, department].filter(Boolean);
}

const isFiltered = (filter: QueueFilter): boolean =>
  ['state', 'kind', 'box', 'urgency', 'mark', 'department', 'subject', 'search'].some(
    (name) => filter[name as keyof QueueFilter] !== '',
  );

/** Everything /office/letters/archive shows. */
export async function archiveModel(actor: Actor, found: Awaited<ReturnType<typeof archivePage>>) {
  const { language } = actor;
  const { filter, letters, next } = found;
  const seen = { at: now(), calendar: await workingCalendar(), language };
  const { month, department, state, number } = filter;
  const query = new URLSearchParams({ month, department, state, number }).toString();
  return {
    layout: 'office',
    title: sayIn(language)('archive.title'),
    filter,
    rows: letters.map((letter) => tableRow(archiveRow(letter), seen)),
    query,
    next: next && `/office/letters/archive?${query}&before=${next}`,
    choices: await filterOptions(language),
  };
}
