import mongoose from 'mongoose';
import type { Actor } from '../../kernel/actor.ts';
import { resemblance, SimilarIndex } from '../../text/index.ts';
import { catchUp, follow } from '../follow.ts';
import { LetterModel } from '../letterModel.ts';
import { canRead } from '../policy.ts';
import type { Letter } from '../record.ts';
import { duplicateLikeness } from './settings.ts';

let index = new SimilarIndex();
let filledFrom = '';
let filling: Promise<void> | null = null;
const day = 86_400_000;
/** So far back a repeated letter or an answer worth reading is looked for. */
const reach = 400 * day;
const most = 30_000;

const put = ({ _id, title, body }: Pick<Letter, '_id' | 'title' | 'body'>): number =>
  index.add(_id, `${title}\n${title}\n${body.slice(0, 1500)}`);

follow({
  take(letters) {
    if (filledFrom !== mongoose.connection.name) return;
    // What a letter says never changes: one that is known is not put in again with every step of its way
    for (const letter of letters) if (!index.has(letter._id)) put(letter);
    // Read anew without the oldest, for whoever asks next
    if (index.count > most * 1.1) filledFrom = '';
  },
});

async function fill(): Promise<void> {
  index = new SimilarIndex();
  filledFrom = mongoose.connection.name;
  let until = Date.now() + day;
  const oldest = until - reach;
  for (let step = 2 * day; until > oldest && index.count < most; until -= step) {
    const range = { $gte: new Date(until - step), $lt: new Date(until) };
    const found = await LetterModel.find({ submittedAt: range }, { title: 1, body: 1 }).lean<Letter[]>();
    for (const [number, letter] of found.entries()) {
      put(letter);
      if (number % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** A letter that resembles another; `likeness` 0 to 1. */
export interface Near {
  letter: Letter;
  likeness: number;
}

const fields = { trail: 0, outbox: 0, pastClocks: 0, clocks: 0, remarks: 0, inquiries: 0 };

/**
 * What lies near a letter: near-identical letters this person may see, for linking, and past answers to similar ones,
 * for writing. Best first. Letters are looked for in memory; the first to ask waits a moment at most.
 */
export async function lettersNear(actor: Actor, letter: Letter): Promise<{ duplicates: Near[]; answered: Near[] }> {
  if (filledFrom !== mongoose.connection.name) filling ??= fill().finally(() => (filling = null));
  if (filling) await Promise.race([filling, new Promise((resolve) => setTimeout(resolve, 300).unref())]);
  await catchUp();
  const text = `${letter.title}\n${letter.body.slice(0, 1500)}`;
  const accept = (id: string) => id !== letter._id;
  const hits = index.search(text, { limit: 24, minimum: 0.08, accept });
  const found = await LetterModel.find({ _id: { $in: hits.map(({ id }) => id) } }, fields).lean<Letter[]>();
  const near = found
    .map((other) => ({ letter: other, likeness: resemblance(text, `${other.title}\n${other.body.slice(0, 1500)}`) }))
    .sort((one, other) => other.likeness - one.likeness);
  const minimum = duplicateLikeness.value() / 100;
  return {
    duplicates: near.filter(({ likeness, letter: other }) => likeness >= minimum && canRead(actor, other)).slice(0, 5),
    answered: near.filter(({ letter: other }) => answerFor(actor, other) !== '').slice(0, 4),
  };
}

/**
 * The reply of another letter, to be taken over into a new one: what was masked for everybody stays masked here too;
 * the original only of letters this person may read that were never published.
 */
export function answerFor(actor: Actor, other: Letter): string {
  const masked = other.publicVersion?.reply ?? '';
  if (canRead(actor, other)) return masked || (other.replies.at(-1)?.text ?? '');
  return other.visibility === 'public' ? masked : '';
}
