import { now } from '../kernel/time.ts';
import { plainLetterNumber } from '../kernel/typedLine.ts';
import { foldText, searchWords, singlesOf, termsOf, wordsOf } from '../text/index.ts';
import { LetterModel } from './letterModel.ts';
import { findPublic } from './publicIndex.ts';
import type { RowFilter } from './publicRows.ts';
import { lettersInOrder, publicLetterFields, publicSide, type PublicLetter } from './publicSide.ts';
import type { Letter } from './record.ts';

/** Longer searches are cut; nobody reads further than so many letters. */
const longest = 100;
const most = 200;
const pageSize = 20;
/** The first year whose letters are looked for by the end of their number. */
const firstYear = 2000;

/** What a search of public letters found: a page, how many in all, and what the page should say of it. */
export interface PublicSearch {
  /** What was looked for, cut to what a search takes. */
  search: string;
  letters: PublicLetter[];
  /** Key of the next page. */
  next: string | null;
  total: number;
  complete: boolean;
  /** There may be more than are counted. */
  many: boolean;
  /** Only the beginning of what was typed was looked for. */
  cut: boolean;
  /** Only single characters, which are looked for in titles alone. */
  short: boolean;
  /** Words to mark in what is shown. */
  words: string[];
}

/** The best matches of a search, in pages: letters by their number or the end of it, then by words. */
export async function searchPublic(filter: RowFilter & { search: string; before: string }): Promise<PublicSearch> {
  const search = [...filter.search].slice(0, longest).join('').trim();
  const numbered = await byNumber(search);
  const { hits, complete } = await findPublic(
    search,
    { limit: most, minimum: leastFor(search), singles: true },
    filter,
  );
  const ids = [...new Set([...numbered, ...hits.map(({ id }) => id)])];
  // Which of them are public is known before they are counted: the index follows what is hidden
  const page = Math.max(1, Math.trunc(Number(filter.before)) || 1);
  const shown = ids.slice((page - 1) * pageSize, page * pageSize);
  const letters = (await lettersInOrder(shown)).flatMap((letter) => publicSide(letter) ?? []);
  return {
    search,
    letters,
    next: ids.length > page * pageSize ? String(page + 1) : null,
    total: ids.length,
    complete,
    many: hits.length >= most,
    cut: [...filter.search].length > longest,
    short: termsOf(search).size === 0,
    words: wordsToMark(search),
  };
}

/** One term is there or not; of many a part is enough. */
const leastFor = (search: string): number =>
  termsOf(search).size + singlesOf(search, true).length === 1 ? 0.01 : 0.25;

/** Identifiers of the public letters of this number, or whose number ends like this (368, 000368), newest first. */
async function byNumber(search: string): Promise<string[]> {
  const number = plainLetterNumber(search);
  const order = /^\d{1,6}$/.test(number) ? number.padStart(6, '0') : '';
  const years = Array.from({ length: now().getFullYear() - firstYear + 2 }, (_, index) => firstYear + index);
  const wanted = order ? years.map((year) => `${year}-${order}`) : /^\d{4}-\d{6,}$/.test(number) ? [number] : [];
  if (wanted.length === 0) return [];
  const found = await LetterModel.find({ number: { $in: wanted } }, publicLetterFields).lean<Letter[]>();
  return found
    .filter((letter) => publicSide(letter))
    .sort((one, other) => (one.number < other.number ? 1 : -1))
    .map(({ _id }) => _id);
}

/** The words as they were typed, and the parts of a long one that a text may hold apart. */
function wordsToMark(search: string): string[] {
  const typed = searchWords(search);
  const parts = wordsOf(search).filter((word) => word.length > 1);
  return [...new Set([...typed, ...parts.map(foldText)])];
}
