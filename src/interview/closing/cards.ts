// Pure, for server and page alike: what a host should know before the live hour ends.
import type { DeskRow } from '../cards.ts';
import type { DeskAnswer } from '../review/cards.ts';

interface Item {
  /** Null where this person may not sit: then the need says who does. */
  href: string | null;
  text: string;
}
type Desk = 'screening' | 'reviewing' | 'recording';
/** Where something is seen to: the desk's address, for whom it opens, and who sits there. */
export type DeskPlaces = Readonly<Record<Desk, { href: string | null; who: readonly string[] }>>;
/** One thing that is missing before the close, with the places where it is seen to. */
export interface ClosingNeed {
  key: 'stage' | 'passed' | 'underway' | 'supported' | 'waiting' | 'prepared' | 'record';
  count: number;
  items: Item[];
  /** For somebody who may not sit at the desk where it is seen to: that desk, and the names of those who do. */
  ask: { desk: Desk; who: readonly string[] } | null;
}
interface Places {
  votes: Readonly<Record<string, number>>;
  onStage: string | null;
  desks: DeskPlaces;
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
  const here = (key: ClosingNeed['key'], found: readonly DeskRow[]): ClosingNeed => ({
    key,
    count: found.length,
    items: found.slice(0, shown).map(toQuestion),
    ask: null,
  });
  const at = (desk: Desk, key: ClosingNeed['key'], found: readonly { [field: string]: unknown }[]): ClosingNeed => {
    const { href, who } = places.desks[desk];
    const items = found.slice(0, shown).map((row) => ({ href, text: short(row['text']) }));
    return { key, count: found.length, items, ask: href === null ? { desk, who } : null };
  };
  const begun = turns.some(({ waiting }) => waiting !== true);
  return [
    here(
      'stage',
      open.filter(({ id }) => id === places.onStage),
    ),
    here('passed', passed),
    here('supported', supported),
    at('reviewing', 'underway', underway),
    at('screening', 'waiting', unseen),
    at('recording', 'prepared', prepared),
    at('recording', 'record', begun ? [] : [{ text: '' }]),
  ].filter(({ count }) => count > 0);
}
