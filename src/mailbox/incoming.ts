import { Refusal } from '../kernel/errors.ts';
import { groupWrites } from '../live/index.ts';
import { isDuplicate } from '../platform/database/errors.ts';
import { LetterModel } from './letterModel.ts';
import { nextNumbers } from './numbers.ts';
import type { Letter } from './record.ts';
import { hashCode, sameHash } from './secrets.ts';
import { keepIdentities, WriterModel, type WriterIdentity } from './writerModel.ts';

/** A letter that has come in and waits to be written down. */
export interface Incoming {
  letterId: string;
  at: Date;
  formKeyHash: string;
  /** The query code: it tells by what it was made of whether the same form brings the same content. */
  code: string;
  writer: WriterIdentity;
  /** Its number when one was taken for it before. */
  number?: string | undefined;
  /** The letter once its number is known. */
  letter(number: string): Letter;
}
type Known = Pick<Letter, '_id' | 'number' | 'codeHash'>;
/** The letter, and whether it was new; one that came in before with the same form and content is given as it was. */
export interface Received {
  letter: Known;
  fresh: Letter | null;
}

/**
 * 收件入库: writes letters that come in at the same time together. First who wrote them, then the letters with what is
 * to be sent about them in the same write; a letter is never there without its writer. A number is taken for letters
 * that are new only.
 */
export const receiveLetter = groupWrites<Incoming, Received>(receiveAll, { waitMs: 3, largest: 64 });

async function receiveAll(group: readonly Incoming[]): Promise<(Received | Error)[]> {
  const first = new Map<string, Incoming>();
  for (const one of group) if (!first.has(one.formKeyHash)) first.set(one.formKeyHash, one);
  const [there] = await Promise.all([sentBefore([...first.keys()]), keepIdentities([...first.values()])]);
  const fresh = [...first.values()].filter(({ formKeyHash }) => !there.has(formKeyHash));
  const written = await writeDown(fresh);
  await forgetIdentities([...first.values()].filter(({ formKeyHash }) => !written.has(formKeyHash)));
  // Somebody wrote the same form in another process in between
  const late = await sentBefore(fresh.map((one) => one.formKeyHash).filter((key) => !written.has(key)));
  return group.map((one) => {
    const letter = first.get(one.formKeyHash) === one ? written.get(one.formKeyHash) : undefined;
    if (letter) return { letter, fresh: letter };
    const twin = there.get(one.formKeyHash) ?? written.get(one.formKeyHash) ?? late.get(one.formKeyHash);
    if (!twin) return new Error('A letter was neither written nor there');
    return isSame(twin, one) ? { letter: twin, fresh: null } : formUsed(twin.number);
  });
}

const isSame = ({ number, codeHash }: Known, { code }: Incoming): boolean => sameHash(codeHash, hashCode(number, code));

/** What was changed after the form was sent must not be lost without a word. */
const formUsed = (number: string) =>
  new Refusal(409, 'form-used', { key: 'mailbox.errors.form-used', params: { number } });

/** Gives the letters that were written, by the key of their form. */
async function writeDown(fresh: readonly Incoming[]): Promise<Map<string, Letter>> {
  if (fresh.length === 0) return new Map();
  const unnumbered = fresh.filter(({ number }) => number === undefined);
  const numbers = await nextNumbers(unnumbered.map(({ at }) => at));
  const letters = fresh.map((one) => one.letter(one.number ?? numbers[unnumbered.indexOf(one)] ?? ''));
  const refused = await insertAll(letters);
  return new Map(letters.filter((_, index) => !refused.has(index)).map((letter) => [letter.formKeyHash, letter]));
}

/** The same form was written before: what was kept of its writer a second time goes. */
async function forgetIdentities(again: readonly Incoming[]): Promise<void> {
  if (again.length > 0) await WriterModel.deleteMany({ _id: { $in: again.map(({ letterId }) => letterId) } });
}

/** Gives the places of letters that are there already; any other failure is thrown. */
async function insertAll(letters: readonly Letter[]): Promise<Set<number>> {
  try {
    await LetterModel.collection.insertMany(letters as never[], { ordered: false });
    return new Set();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return duplicatesOf(error);
  }
}

function duplicatesOf(error: unknown): Set<number> {
  const found = (error as { writeErrors?: { index: number; code: number }[] }).writeErrors ?? [];
  if (found.some(({ code }) => code !== 11000)) throw error;
  return new Set(found.map(({ index }) => index));
}

async function sentBefore(keys: readonly string[]): Promise<Map<string, Known>> {
  if (keys.length === 0) return new Map();
  const fields = { number: 1, formKeyHash: 1, codeHash: 1 };
  const found = await LetterModel.find({ formKeyHash: { $in: [...keys] } }, fields).lean<Letter[]>();
  return new Map(found.map((letter) => [letter.formKeyHash, letter]));
}
