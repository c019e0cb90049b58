import { LetterModel } from './letterModel.ts';
import type { Facts, Letter } from './record.ts';

/** What statistics may know of a letter: frozen facts and its class; neither text nor person nor number. */
export interface LetterFacts extends Omit<Facts, 'stages'> {
  kind: Letter['kind'];
  box: Letter['box'];
  state: Letter['state'];
}

const fields = { kind: 1, box: 1, state: 1, channel: 1, facts: 1 };
type Read = Pick<Letter, '_id' | 'kind' | 'box' | 'state' | 'channel' | 'facts'>;

/**
 * The facts of all letters that came in, fell due or were first answered at `from` or later and before `until`.
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
  ];
  const found = new Map<string, LetterFacts>();
  for (const match of matches) {
    for await (const letter of LetterModel.find(match, fields).lean<Read>().cursor({ batchSize: 2000 })) {
      const { _id, kind, box, state, channel, facts } = letter;
      if (channel === 'import') continue;
      const { stages: _stages, ...rest } = facts;
      found.set(_id, { ...rest, kind, box, state });
    }
  }
  return [...found.values()];
}
