import { expect, it } from '@jest/globals';
import { isCrowded, peopleFirst, standBack } from '../../../src/platform/queue/crowd.ts';
import { until } from '../../support/until.ts';

/** Keeps the process from everything else. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it('lets jobs stand back only where people wait, and only while there is much to do', async () => {
  work(300);
  expect(isCrowded()).toBe(false);
  peopleFirst();
  work(300);
  expect(isCrowded()).toBe(true);
  const begun = performance.now();
  await standBack();
  expect(performance.now() - begun).toBeGreaterThan(90);
  // It ends by itself, as soon as a busy machine lets it
  await until(() => !isCrowded());
});
