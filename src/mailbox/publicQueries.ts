import { z } from 'zod';
import { notFound } from '../kernel/errors.ts';
import { parse } from '../kernel/parse.ts';
import { cutPage, newestFirst, readPageKey, type PageKey } from '../platform/database/pageKey.ts';
import { resemblance } from '../text/index.ts';
import { letterKinds } from './letter.ts';
import { LetterModel, letterByNumber } from './letterModel.ts';
import { findPublic, newestPublic } from './publicIndex.ts';
import { searchPublic } from './publicSearch.ts';
import { lettersInOrder, publicLetterFields, publicSide, type PublicLetter } from './publicSide.ts';
import type { Letter } from './record.ts';

export type { PublicLetter } from './publicSide.ts';

const pageSize = 20;
const day = 86_400_000;

const filterSchema = z.object({
  department: z.string().max(40).catch('').default(''),
  kind: z
    .enum(['', ...letterKinds])
    .catch('')
    .default(''),
  subject: z.string().max(60).catch('').default(''),
  topic: z.string().max(40).catch('').default(''),
  /** Words, or the number of a letter; of more than a search takes the beginning is looked for. */
  search: z.string().trim().catch('').default(''),
  /** Key of the last letter of the page before. */
  before: z.string().max(80).catch('').default(''),
});
export type PublicFilter = z.output<typeof filterSchema>;

/**
 * A page of public letters, newest first, or the best matches of a search: { filter, letters, next, total, complete }.
 * `total` is null where it is not known: for some seconds after a start. `found` says more of a search.
 */
export async function publicLetters(input: unknown) {
  const filter = parse(filterSchema, input);
  if (filter.search) {
    const { letters, next, ...found } = await searchPublic(filter);
    return {
      filter: { ...filter, search: found.search },
      letters,
      next,
      total: found.total,
      complete: found.complete,
      found,
    };
  }
  const page = await newestPublic(filter, readPageKey(filter.before), pageSize);
  if (!page) return { filter, total: null, complete: true, found: null, ...(await newestInDatabase(filter)) };
  const letters = (await lettersInOrder(page.ids)).flatMap((letter) => publicSide(letter) ?? []);
  return { filter, letters, next: page.next, total: page.total, complete: true, found: null };
}

/** The same from the database, while the letters are still being taken into memory. */
async function newestInDatabase(filter: PublicFilter): Promise<{ letters: PublicLetter[]; next: string | null }> {
  const letters: Letter[] = [];
  const before = readPageKey(filter.before);
  // The moment of the key itself is read again: others may have it
  let until = before ? before.at.getTime() + 1 : Date.now() + day;
  const oldest = Date.now() - 3000 * day;
  // Short stretches of time first: a narrow range needs no sort of many thousand
  for (let step = day / 4; until > oldest && letters.length <= pageSize; step *= 2) {
    const range = { $gte: new Date(until - step), $lt: new Date(until) };
    const found = await LetterModel.find({ publishedAt: range }, publicLetterFields).lean<Letter[]>();
    const left = found.filter((one) => fits(one, filter) && (!before || newestFirst(before, keyOf(one)) < 0));
    letters.push(...left.sort((one, other) => newestFirst(keyOf(one), keyOf(other))));
    until -= step;
  }
  const { rows, next } = cutPage(letters, pageSize, keyOf);
  return { letters: rows.flatMap((letter) => publicSide(letter) ?? []), next };
}

const keyOf = ({ publishedAt, _id: id }: Letter): PageKey => ({ at: publishedAt ?? new Date(0), id });

function fits(letter: Letter, filter: PublicFilter): boolean {
  return (
    letter.visibility !== 'private' &&
    (!filter.kind || letter.kind === filter.kind) &&
    (!filter.subject || letter.subject === filter.subject) &&
    (!filter.department || letter.facts.departmentId === filter.department) &&
    (!filter.topic || letter.topicId === filter.topic)
  );
}

/** One public letter; 404 when there is none or it is not public. */
export async function publicLetter(number: string): Promise<PublicLetter> {
  const letter = publicSide(await letterByNumber(number));
  if (!letter) throw notFound('mailbox.errors.not-published');
  return letter;
}

/** A public answer, and how many more there are that say nearly the same. */
export interface SimilarAnswer extends PublicLetter {
  alike: number;
}
/** Letters and answers so like one another are shown as one. */
const sameMatter = 0.5;

/**
 * The public answers most similar to what somebody writes, best first, of nearly equal ones the best alone; `except`
 * leaves one letter out.
 */
export async function similarPublic(text: string, limit = 5, except = ''): Promise<SimilarAnswer[]> {
  if (text.trim().length < 4) return [];
  const { hits } = await findPublic(text, { limit: limit * 3 + 3, minimum: 0.12 });
  const letters = await lettersInOrder(hits.map(({ id }) => id));
  const answers: SimilarAnswer[] = [];
  for (const letter of letters.flatMap((one) => publicSide(one) ?? [])) {
    if (letter.number === except || letter.reply === '') continue;
    const same = answers.find((other) => resemblance(matterOf(letter), matterOf(other)) >= sameMatter);
    if (same) same.alike += 1;
    else answers.push({ ...letter, alike: 0 });
  }
  return answers.slice(0, limit);
}

const matterOf = ({ title, body, reply }: PublicLetter): string =>
  `${title}\n${body.slice(0, 400)}\n${reply.slice(0, 400)}`;
