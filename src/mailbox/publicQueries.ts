import { z } from 'zod';
import { notFound } from '../kernel/errors.ts';
import { parse } from '../kernel/parse.ts';
import { cutPage, newestFirst, readPageKey, type PageKey } from '../platform/database/pageKey.ts';
import { plainLetterNumber } from '../kernel/typedLine.ts';
import { letterKinds } from './letter.ts';
import { LetterModel, letterByNumber } from './letterModel.ts';
import { findPublic, newestPublic } from './publicIndex.ts';
import type { Letter } from './record.ts';

const pageSize = 20;
const day = 86_400_000;

/** What everybody may read of a letter. Nothing of the original is in it. */
export interface PublicLetter {
  number: string;
  kind: Letter['kind'];
  box: Letter['box'];
  subject: string;
  state: Letter['state'];
  department: string;
  departmentId: string | null;
  title: string;
  /** Empty when only title and course are public. */
  body: string;
  reply: string;
  submittedAt: Date;
  repliedAt: Date | null;
  publishedAt: Date;
  satisfaction: Letter['facts']['satisfaction'];
  topicId: string | null;
}

const fields = {
  number: 1,
  kind: 1,
  box: 1,
  subject: 1,
  state: 1,
  visibility: 1,
  publicVersion: 1,
  publishedAt: 1,
  submittedAt: 1,
  repliedAt: 1,
  facts: 1,
  topicId: 1,
};

/** The public side of a letter, or null when it has none. */
export function publicSide(letter: Letter | undefined): PublicLetter | null {
  if (!letter?.publicVersion || letter.visibility === 'private' || !letter.publishedAt) return null;
  const { number, kind, box, subject, state, facts, submittedAt, repliedAt, publishedAt, topicId } = letter;
  const { title, body, reply } = letter.publicVersion;
  const full = letter.visibility === 'public';
  return {
    number,
    kind,
    box,
    subject,
    state,
    department: facts.departmentName,
    departmentId: facts.departmentId,
    title,
    body: full ? body : '',
    reply: full ? reply : '',
    submittedAt,
    repliedAt,
    publishedAt,
    satisfaction: facts.satisfaction,
    topicId,
  };
}

const filterSchema = z.object({
  department: z.string().max(40).catch('').default(''),
  kind: z
    .enum(['', ...letterKinds])
    .catch('')
    .default(''),
  subject: z.string().max(60).catch('').default(''),
  topic: z.string().max(40).catch('').default(''),
  search: z.string().trim().max(100).catch('').default(''),
  /** Key of the last letter of the page before. */
  before: z.string().max(80).catch('').default(''),
});
export type PublicFilter = z.output<typeof filterSchema>;

/**
 * A page of public letters, newest first, or the best matches of a search: { filter, letters, next, total, complete }.
 * `total` is null where it is not known: in a search, and for some seconds after a start.
 */
export async function publicLetters(input: unknown) {
  const filter = parse(filterSchema, input);
  if (filter.search) return { filter, next: null, total: null, ...(await search(filter)) };
  const page = await newestPublic(filter, readPageKey(filter.before), pageSize);
  if (!page) return { filter, total: null, complete: true, ...(await newestInDatabase(filter)) };
  const letters = (await inOrder(page.ids)).flatMap((letter) => publicSide(letter) ?? []);
  return { filter, letters, next: page.next, total: page.total, complete: true };
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
    const found = await LetterModel.find({ publishedAt: range }, fields).lean<Letter[]>();
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

async function search(filter: PublicFilter): Promise<{ letters: PublicLetter[]; complete: boolean }> {
  const number = plainLetterNumber(filter.search);
  if (/^\d{4}-\d{6,}$/.test(number)) {
    const found = publicSide(await letterByNumber(number));
    return { letters: found ? [found] : [], complete: true };
  }
  const { hits, complete } = await findPublic(filter.search, { limit: 40, minimum: 0.25 }, filter);
  const letters = await inOrder(hits.map(({ id }) => id));
  return {
    letters: letters.filter((one) => fits(one, filter)).flatMap((one) => publicSide(one) ?? []),
    complete,
  };
}

async function inOrder(ids: readonly string[]): Promise<Letter[]> {
  if (ids.length === 0) return [];
  const found = await LetterModel.find({ _id: { $in: [...ids] } }, fields).lean<Letter[]>();
  const byId = new Map(found.map((letter) => [letter._id, letter]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** One public letter; 404 when there is none or it is not public. */
export async function publicLetter(number: string): Promise<PublicLetter> {
  const letter = publicSide(await letterByNumber(number));
  if (!letter) throw notFound('mailbox.errors.not-published');
  return letter;
}

/** The public answers most similar to what somebody writes, best first; `except` leaves one letter out. */
export async function similarPublic(text: string, limit = 5, except = ''): Promise<PublicLetter[]> {
  if (text.trim().length < 4) return [];
  const { hits } = await findPublic(text, { limit: limit + 3, minimum: 0.12 });
  const letters = await inOrder(hits.map(({ id }) => id));
  return letters
    .flatMap((letter) => publicSide(letter) ?? [])
    .filter((letter) => letter.number !== except && letter.reply !== '')
    .slice(0, limit);
}
