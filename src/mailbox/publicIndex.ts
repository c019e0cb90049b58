import mongoose from 'mongoose';
import { SimilarIndex, type Similar } from '../text/index.ts';
import { catchUp, follow } from './follow.ts';
import { LetterModel } from './letterModel.ts';
import type { Letter } from './record.ts';

let index = new SimilarIndex();
let filledFrom = '';
let complete = false;
let filling: Promise<void> | null = null;
const fields = { publicVersion: 1, publishedAt: 1, visibility: 1 };

const isFound = (letter: Pick<Letter, 'visibility' | 'publicVersion'>): boolean =>
  letter.visibility !== 'private' && letter.publicVersion !== null;

function put(letter: Pick<Letter, '_id' | 'visibility' | 'publicVersion'>): void {
  const { publicVersion: text } = letter;
  if (!text || !isFound(letter)) return index.remove(letter._id);
  // The title says best what it is about; of the reply only the beginning adds something
  index.add(letter._id, `${text.title}\n${text.title}\n${text.body}\n${text.reply.slice(0, 300)}`);
}

follow({
  take(letters) {
    if (filledFrom === mongoose.connection.name) letters.forEach(put);
  },
});

/** Fills the index in small steps, the newest letters first, while the program already answers. */
export function fillPublicIndex(): Promise<void> {
  filling ??= fill().finally(() => (filling = null));
  return filling;
}

async function fill(): Promise<void> {
  index = new SimilarIndex();
  complete = false;
  filledFrom = mongoose.connection.name;
  const first = await LetterModel.findOne({ submittedAt: { $gte: new Date(0) } }, { _id: 1 }).lean();
  let until = Date.now() + 60_000;
  const day = 86_400_000;
  // Eight years back are more than any city searches; an empty stretch is passed in larger steps
  for (let step = day; first && until > Date.now() - 3000 * day;) {
    const range = { $gte: new Date(until - step), $lt: new Date(until) };
    let count = 0;
    const found = await LetterModel.find({ publishedAt: range }, fields).lean<Letter[]>();
    for (const letter of found) {
      if (!index.has(letter._id)) put(letter);
      count += 1;
      if (count % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    until -= step;
    step = count === 0 ? Math.min(step * 2, 60 * day) : count > 1000 ? Math.max(day / 4, step / 2) : step;
  }
  complete = true;
}

export interface PublicHits {
  hits: Similar[];
  /** False while older letters are still being taken in after a start. */
  complete: boolean;
}

/** Public letters that resemble a text, best first. Letters made public a moment ago are found. */
export async function findPublic(text: string, options: { limit: number; minimum: number }): Promise<PublicHits> {
  if (filledFrom !== mongoose.connection.name) {
    const begun = fillPublicIndex();
    // The first to ask waits a little, so that a small city answers completely at once
    await Promise.race([begun, new Promise((resolve) => setTimeout(resolve, 300).unref())]);
  }
  await catchUp();
  return { hits: index.search(text, options), complete };
}
