// Pure, for server and page alike: what a host should know before the live hour ends.
import type { DeskRow } from '../cards.ts';
import type { DeskAnswer } from '../review/cards.ts';

interface Item {
  href: string;
  text: string;
}
/** One thing that is missing before the close, with the places where it is seen to. */
export interface ClosingNeed {
  key: 'stage' | 'passed' | 'underway' | 'supported' | 'waiting' | 'prepared' | 'record';
  count: number;
  items: Item[];
}
interface Places {
  votes: Readonly<Record<string, number>>;
  onStage: string | null;
  /** Where the record and the new questions are seen to by this person. */
  recordHref: string;
  screeningHref: string;
  reviewHref: string;
}

const shown = 3;
const textLength = 40;
const short = (text: unknown) => {
  const all = [...String(text)];
  return all.length > textLength ? `${all.slice(0, textLength).join('')}…` : all.join('');
};
const stateOf = ({ state }: DeskRow) => String(state);

/** The host's check list 结束前检查, of the rows of the desk; what is in order is left out. */
export function closingNeeds(rows: readonly (DeskRow & { kind: string })[], places: Places): ClosingNeed[] {
  const questions = rows.filter(({ kind }) => kind === 'question');
  const turns = rows.filter(({ kind, removed }) => kind === 'turn' && removed !== true);
  const open = questions
    .filter((row) => stateOf(row) === 'published')
    .sort((a, b) => (places.votes[b.id] ?? 0) - (places.votes[a.id] ?? 0));
  const toQuestion = (row: DeskRow): Item => ({ href: `#question-${row.id}`, text: short(row['text']) });
  const passed = open.filter((row) => row['passed'] !== null && row.id !== places.onStage);
  const underway = questions.filter((row) => (row['answers'] as DeskAnswer[]).some(({ pending }) => pending !== null));
  const named = new Set([places.onStage, ...passed.map(({ id }) => id)]);
  const supported = open.filter(({ id }) => !named.has(id) && (places.votes[id] ?? 0) > 0);
  const unseen = questions.filter((row) => ['received', 'screening'].includes(stateOf(row)));
  const prepared = turns.filter(({ waiting }) => waiting === true);
  const need = (key: ClosingNeed['key'], found: readonly DeskRow[], link: (row: DeskRow) => Item): ClosingNeed => ({
    key,
    count: found.length,
    items: found.slice(0, shown).map(link),
  });
  const at = (href: string) => (row: DeskRow) => ({ href, text: short(row['text']) });
  return [
    need(
      'stage',
      open.filter(({ id }) => id === places.onStage),
      toQuestion,
    ),
    need('passed', passed, toQuestion),
    need('supported', supported, toQuestion),
    need('underway', underway, at(places.reviewHref)),
    need('waiting', unseen, at(places.screeningHref)),
    need('prepared', prepared, at(places.recordHref)),
    ...(turns.some(({ waiting }) => waiting !== true)
      ? []
      : [{ key: 'record' as const, count: 1, items: [{ href: places.recordHref, text: '' }] }]),
  ].filter(({ count }) => count > 0);
}
