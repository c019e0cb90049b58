import { AsyncLocalStorage } from 'node:async_hooks';
import { setClock } from '../kernel/time.ts';

const story = new AsyncLocalStorage<Date>();
let told = 0;

/**
 * Runs a deed at a moment of the city's past. Only what the deed itself does sees that moment, so many stories can be
 * told at once; everybody else has the real time.
 */
export async function momentAt<Result>(moment: Date, deed: () => Promise<Result>): Promise<Result> {
  told += 1;
  setClock(() => story.getStore() ?? new Date());
  try {
    return await story.run(moment, deed);
  } finally {
    told -= 1;
    if (told === 0) setClock();
  }
}
