import { foldText, SimilarIndex } from '../text/index.ts';
import { isPublicQuestion, type QuestionState } from './question.ts';
import { QuestionModel } from './questionModel.ts';

/** A published question that asks much the same. */
export interface SimilarQuestion {
  id: string;
  text: string;
  answered: boolean;
}

interface Shelf {
  index: SimilarIndex;
  texts: Map<string, { text: string; answered: boolean; folded: string }>;
  /** The highest revision that was taken in. */
  fed: number;
  usedAt: number;
}
interface Fed {
  _id: string;
  text: string;
  state: QuestionState;
  revision: number;
}

const shelves = new Map<string, Shelf>();
const mostShelves = 50;
/** Processes commit numbers slightly out of order; reading a few again is harmless. */
const overlap = 20;
const shown = 3;
const leastLike = 0.25;
/** A search shows more than a suggestion does: somebody looks for something. */
const leastAlike = 0.2;

/** Gives the index of an interview's published questions, with all that changed since it was last asked for. */
async function shelfOf(interviewId: string): Promise<Shelf> {
  let shelf = shelves.get(interviewId);
  if (!shelf) {
    for (const [id] of [...shelves]
      .sort(([, a], [, b]) => a.usedAt - b.usedAt)
      .slice(0, shelves.size - mostShelves + 1)) {
      shelves.delete(id);
    }
    shelf = { index: new SimilarIndex(), texts: new Map(), fed: -1, usedAt: 0 };
    shelves.set(interviewId, shelf);
  }
  shelf.usedAt = performance.now();
  const since = shelf.fed < 0 ? -1 : shelf.fed - overlap;
  const rows = await QuestionModel.find(
    { interviewId, revision: { $gt: since } },
    { text: 1, state: 1, revision: 1 },
  ).lean<Fed[]>();
  for (const row of rows) take(shelf, row);
  if (shelf.index.worn) rebuild(shelf);
  return shelf;
}

function take(shelf: Shelf, { _id, text, state, revision }: Fed): void {
  shelf.fed = Math.max(shelf.fed, revision);
  const there = shelf.texts.get(_id);
  if (!isPublicQuestion(state)) {
    shelf.index.remove(_id);
    shelf.texts.delete(_id);
    return;
  }
  const same = there?.text === text;
  if (!same) shelf.index.add(_id, text);
  shelf.texts.set(_id, { text, answered: state === 'answered', folded: same ? there.folded : foldText(text) });
}

function rebuild(shelf: Shelf): void {
  shelf.index = new SimilarIndex();
  for (const [id, { text }] of shelf.texts) shelf.index.add(id, text);
}

/** Takes questions; gives the published ones most like each, best first, those nothing is like left out. */
export async function similarQuestions(
  interviewId: string,
  asked: readonly { id: string; text: string }[],
): Promise<Record<string, SimilarQuestion[]>> {
  const found: Record<string, SimilarQuestion[]> = {};
  if (asked.length === 0) return found;
  const { index, texts } = await shelfOf(interviewId);
  for (const { id, text } of asked) {
    const hits = index.search(text, { limit: shown * 4, minimum: leastLike, accept: (one) => one !== id });
    // Where the same words were published several times, one of them is enough to merge into
    const said = new Set<string>();
    const questions = hits.flatMap((hit) => {
      const known = texts.get(hit.id);
      if (!known || said.size >= shown || said.has(known.folded)) return [];
      said.add(known.folded);
      return [{ id: hit.id, text: known.text, answered: known.answered }];
    });
    if (questions.length > 0) found[id] = questions;
  }
  return found;
}

/**
 * Searches all published questions of an interview by words, or by the number of one; gives the closest, best first:
 * the one with that number, then those that have every word, then those that are merely like what was typed.
 */
export async function searchPublished(
  interviewId: string,
  { words, number, without, limit }: { words: string; number: string | null; without: string; limit: number },
): Promise<SimilarQuestion[]> {
  const { index, texts } = await shelfOf(interviewId);
  const wanted = foldText(words).split(' ').filter(Boolean);
  const accept = (one: string) => one !== without;
  const alike = index.search(words, { limit: limit * 5, minimum: leastAlike, accept });
  const scores = new Map(alike.map(({ id, score }) => [id, score]));
  const found: { id: string; rank: number }[] = [];
  for (const [id, { folded }] of texts) {
    if (!accept(id)) continue;
    const score = scores.get(id) ?? 0;
    const whole = wanted.length > 0 && wanted.every((word) => folded.includes(word));
    if (id === number) found.push({ id, rank: 3 });
    else if (whole || score > 0) found.push({ id, rank: score + (whole ? 1 : 0) });
  }
  found.sort((one, other) => other.rank - one.rank);
  return found.slice(0, limit).flatMap(({ id }) => {
    const known = texts.get(id);
    return known ? [{ id, text: known.text, answered: known.answered }] : [];
  });
}
