import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { cityDay } from '../kernel/calendar.ts';
import { forbidden } from '../kernel/errors.ts';
import { parse } from '../kernel/parse.ts';
import { now } from '../kernel/time.ts';
import { plainLetterNumber } from '../kernel/typedLine.ts';
import { cutPage, newestFirst, readPageKey, type PageKey } from '../platform/database/pageKey.ts';
import { letterStates } from './letter.ts';
import { LetterModel } from './letterModel.ts';
import { monthRange } from './monthRange.ts';
import { canRead, worksWithLetters } from './policy.ts';
import { optional } from './queries.ts';
import type { Letter } from './record.ts';

/** All letters, also those that are done: by the month they came in, newest first, and by department. */
const archiveSchema = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .catch('')
    .default(''),
  department: z.string().max(40).catch('').default(''),
  state: optional(letterStates),
  number: z
    .string()
    .transform((typed) => plainLetterNumber(typed).slice(0, 20))
    .catch('')
    .default(''),
  /** Key of the last letter of the page before. */
  before: z.string().max(80).catch('').default(''),
});

/**
 * The archive by a filter as a query string gives it: { filter, parts }. `parts` reads on while it is asked for more,
 * and gives only what this person may see.
 */
export function archiveOf(actor: Actor, input: unknown) {
  const given = parse(archiveSchema, input);
  if (!worksWithLetters(actor)) throw forbidden('mailbox.errors.not-your-part');
  const filter = { ...given, month: given.month || cityDay(now()).slice(0, 7) };
  return { filter, parts: partsOf(actor, filter) };
}

/** What a line of the archive shows, and what decides who may see it: a tenth of a letter. */
const archiveFields = [
  ...(['_id', 'version', 'number', 'title', 'kind', 'box', 'channel', 'subject', 'urgency', 'state', 'marks'] as const),
  ...(['lead', 'assisting', 'ownerPath', 'writerId', 'handler', 'dueAt', 'submittedAt'] as const),
] as const;
export type ArchivedLetter = Pick<Letter, (typeof archiveFields)[number]>;
const shortest = 60_000;

/** Walks back by ranges of some hundred letters, longer over empty times: no sort of many thousand, no long reading. */
async function* partsOf(actor: Actor, filter: z.output<typeof archiveSchema>): AsyncGenerator<ArchivedLetter[]> {
  // State is looked at afterwards: a filter beyond the index would read everything
  const accept = (letter: ArchivedLetter) => canRead(actor, letter) && (!filter.state || letter.state === filter.state);
  if (filter.number) {
    yield (await LetterModel.find({ number: filter.number }, [...archiveFields]).lean<ArchivedLetter[]>()).filter(
      accept,
    );
    return;
  }
  const match = filter.department ? { 'lead.departmentId': filter.department } : {};
  const range = monthRange(filter.month);
  const [first, end] = [range.from.getTime(), range.until.getTime()];
  const before = readPageKey(filter.before);
  // The moment of the key itself is read again: others may have it
  let until = before && before.at.getTime() < end ? before.at.getTime() + 1 : end;
  for (let step = 6 * 3_600_000; until > first;) {
    const from = Math.max(first, until - step);
    const submittedAt = { $gte: new Date(from), $lt: new Date(until) };
    const found = await LetterModel.find({ ...match, submittedAt }, [...archiveFields]).lean<ArchivedLetter[]>();
    const left = before ? found.filter((letter) => newestFirst(before, keyOf(letter)) < 0) : found;
    yield left.filter(accept).sort((one, other) => newestFirst(keyOf(one), keyOf(other)));
    if (found.length < 100) step *= 2;
    else if (found.length > 400) step = Math.max(shortest, (step * 200) / found.length);
    until = from;
  }
}

const keyOf = ({ submittedAt: at, _id: id }: ArchivedLetter): PageKey => ({ at, id });
const pageSize = 50;

/** A page of all letters of a month this person may see: { filter, letters, next }; `next` goes into `before`. */
export async function archivePage(actor: Actor, input: unknown) {
  const { filter, parts } = archiveOf(actor, input);
  const letters: ArchivedLetter[] = [];
  for await (const part of parts) {
    letters.push(...part);
    if (letters.length > pageSize) break;
  }
  const { rows, next } = cutPage(letters, pageSize, keyOf);
  return { filter, letters: rows, next };
}
