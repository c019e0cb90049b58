import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { isCrowded, peopleFirst, standBack } from '../../../src/platform/queue/crowd.ts';

/** Keeps the process from everything else. */
function work(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
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
  await sleep(600);
  expect(isCrowded()).toBe(false);
});
