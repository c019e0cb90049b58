import { workingCalendar } from '../../calendar/index.ts';
import { hasRole, type Actor } from '../../kernel/actor.ts';
import { now } from '../../kernel/time.ts';
import type { StartSection } from '../../identity/index.ts';
import { openLetters, type QueueRow } from '../board.ts';
import { worksWithLetters } from '../policy.ts';
import { queuesOf } from '../queries.ts';
import { lookerFor, standsIn, type QueueName } from '../queues.ts';
import { letterPath } from './rows.ts';
import { dueWords, sayIn, stateWord } from './words.ts';
import { nameInLanguage } from '../../organization/index.ts';

/** Queues that are somebody's own next step, by what they mean on the start page. */
const own: readonly QueueName[] = [
  'intake',
  'to-assign',
  'to-release',
  'to-decide',
  'to-sign-off',
  'to-sign',
  'mine',
  'assisting',
  'to-publish',
];
const back: readonly QueueName[] = ['returned', 'sent-back', 'dissatisfied', 'appeals'];
const urgency = { emergency: 0, utility: 1, normal: 2 } as const;

/** 我的任务: what came back to a person, what else they must do, and what is overdue with others. Each letter once. */
export async function letterTasks(actor: Actor): Promise<StartSection[]> {
  if (!worksWithLetters(actor)) return [];
  const [letters, at, calendar] = [await openLetters(), now(), await workingCalendar()];
  const say = sayIn(actor.language);
  const names = queuesOf(actor);
  const found = new Map<QueueName, QueueRow[]>(names.map((name) => [name, []]));
  const lookAt = lookerFor(actor, at);
  for (const row of letters.values()) {
    const seen = lookAt(row);
    if (seen.parties.size === 0) continue;
    for (const name of names) if (standsIn(name, row, seen)) found.get(name)?.push(row);
  }
  const inOne = !hasRole(actor, 'clerk', 'supervisor');
  /** What is to be done: the list a row stands in; where there is only one, the state says more. */
  const stepOf = (row: QueueRow, wanted: readonly QueueName[]): string => {
    const place = wanted.length > 1 && wanted.find((name) => found.get(name)?.includes(row));
    return place ? say(`queues.${place}`) : stateWord(row.state, actor.language);
  };
  const told = new Set<string>();
  const section = (key: string, from: readonly QueueName[]): StartSection => {
    const wanted = names.filter((name) => from.includes(name));
    const all = new Map(wanted.flatMap((name) => (found.get(name) ?? []).map((row) => [row.id, row] as const)));
    const rows = [...all.values()].filter(({ id }) => !told.has(id));
    for (const { id } of rows) told.add(id);
    // A number leads to its own list or nowhere: several lists have links of their own
    const filled = wanted.filter((name) => (found.get(name)?.length ?? 0) > 0);
    const only =
      filled.length === 1 && found.get(filled[0] as QueueName)?.length === rows.length
        ? filled[0]
        : rows.length === 0
          ? wanted[0]
          : undefined;
    rows.sort((one, other) => urgency[one.urgency] - urgency[other.urgency] || due(one) - due(other));
    return {
      title: say(`tasks.${key}.title`),
      empty: say(`tasks.${key}.empty`),
      count: rows.length,
      href: only ? `/office/letters?queue=${only}` : '',
      links: wanted.map((name) => ({
        href: `/office/letters?queue=${name}`,
        text: say(`queues.${name}`),
        count: found.get(name)?.length ?? 0,
      })),
      rows: rows.slice(0, 8).map((row) => {
        const left = dueWords(row.dueAt, at, calendar, say);
        const status = left ? { tone: left.late ? 'overdue' : 'active', text: left.text } : null;
        return {
          href: letterPath(row.number),
          title: row.title,
          status,
          notes: [
            stepOf(row, wanted),
            row.number,
            inOne ? '' : nameInLanguage(row.lead?.name ?? '', actor.language),
            row.urgency === 'normal' ? '' : say(`urgencies.${row.urgency}`),
          ].filter(Boolean),
        };
      }),
    };
  };
  const returned = section('back', back);
  const tasks = section('own', own);
  const overdue = section('overdue', ['overdue']);
  // What came back is told first, and only when something did
  const shown = [...(returned.rows.length > 0 ? [returned] : []), tasks, overdue].filter(
    ({ links }) => links.length > 0,
  );
  return shown.length > 0 ? shown : [tasks];
}

const due = (row: QueueRow): number => row.dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
