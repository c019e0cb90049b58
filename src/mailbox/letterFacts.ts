import { cardColours } from './letter.ts';
import { LetterModel } from './letterModel.ts';
import type { Facts, Letter } from './record.ts';
import type { Card } from './supervisionRecord.ts';

/** What statistics may know of a letter: frozen facts, its class and its cards; neither text nor person. */
export interface LetterFacts extends Omit<Facts, 'stages'> {
  /** For the letters behind a number; never published. */
  id: string;
  kind: Letter['kind'];
  box: Letter['box'];
  state: Letter['state'];
  /** Cards that stand; withdrawn ones count nowhere. */
  cards: { colour: Card['colour']; at: Date }[];
}

const fields = { kind: 1, box: 1, state: 1, channel: 1, facts: 1, cards: 1 };
type Read = Pick<Letter, '_id' | 'kind' | 'box' | 'state' | 'channel' | 'facts' | 'cards'>;

/**
 * The facts of all letters that came in, fell due, were answered or got a card at `from` or later and before `until`.
 * Letters imported from the time before the system stand in no figure.
 */
export async function letterFacts(from: Date, until: Date): Promise<LetterFacts[]> {
  const range = { $gte: from, $lt: until };
  const matches: Record<string, unknown>[] = [
    { submittedAt: range },
    { 'facts.answerDueAt': range },
    { repliedAt: range },
    // A second answer came later than the first one, by which the letter is counted
    { marks: 'rehandled', 'facts.repliedAt': range },
    // Few letters have one; which of them in the period is looked at here
    ...cardColours.map((colour) => ({ marks: `${colour}-card` })),
  ];
  const found = new Map<string, LetterFacts>();
  for (const match of matches) {
    for await (const letter of LetterModel.find(match, fields).lean<Read>().cursor({ batchSize: 2000 })) {
      const facts = factsOf(letter);
      if (!facts || (isCardMatch(match) && !facts.cards.some(({ at }) => at >= from && at < until))) continue;
      found.set(facts.id, facts);
    }
  }
  return [...found.values()];
}

/** The facts of letters written to at this moment or later: for whoever keeps those from before. */
export async function letterFactsSince(from: Date): Promise<LetterFacts[]> {
  const changed = await LetterModel.find({ changedAt: { $gte: from } }, fields).lean<Read[]>();
  return changed.flatMap((letter) => factsOf(letter) ?? []);
}

function factsOf({ _id: id, kind, box, state, channel, facts, cards }: Read): LetterFacts | null {
  if (channel === 'import') return null;
  const { stages: _stages, ...rest } = facts;
  return { ...rest, id, kind, box, state, cards: standing(cards) };
}

const isCardMatch = ({ marks }: Record<string, unknown>): boolean =>
  typeof marks === 'string' && marks.endsWith('-card');

const standing = (cards: readonly Card[]): LetterFacts['cards'] =>
  cards.flatMap(({ colour, at, withdrawn }) => (withdrawn ? [] : [{ colour, at }]));
