import { beforeAll, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { fillDemoCity, tellLetters } from '../../src/demo/index.ts';
import { LetterModel } from '../../src/mailbox/letterModel.ts';
import type { Letter } from '../../src/mailbox/record.ts';
import { useApp } from '../support/app.ts';
import { writeLetter } from '../support/mailbox.ts';
import { until } from '../support/until.ts';

useApp();
beforeAll(() => fillDemoCity(() => undefined, { letters: 60, hall: 0, later: true }));

const all = () => LetterModel.find().sort({ submittedAt: 1, number: 1 }).lean<Letter[]>();
/** Letters that came in weeks ago and that nobody has touched. */
const untold = async () =>
  (await all()).filter(
    ({ state, submittedAt }) => state === 'submitted' && Date.now() - submittedAt.getTime() > 86_400_000 * 10,
  );

it('an open city never shows more than the one old letter that is being told', async () => {
  const begun = await all();
  expect(begun.length).toBeGreaterThan(30);
  expect(begun.length).toBeLessThan(60);
  expect(await untold()).toEqual([]);

  const visitors = await writeLetter();
  const stop = tellLetters();
  let most = 0;
  await until(async () => {
    most = Math.max(most, (await untold()).length);
    return (await mongoose.connection.collection('demo').countDocuments({ 'letters.told': true })) === 1;
  });
  await stop();
  expect(most).toBeLessThanOrEqual(1);
  expect(await untold()).toEqual([]);

  const letters = (await all()).filter(({ _id }) => _id !== visitors.id);
  expect(letters).toHaveLength(60);
  // Kept for them from the beginning: the days and the numbers go together, and what a visitor wrote comes after all
  expect(letters.map(({ number }) => number)).toEqual(letters.map(({ number }) => number).sort());
  expect(visitors.number > (letters.at(-1)?.number ?? '')).toBe(true);
});
