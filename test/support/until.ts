import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which something is taken never to come. It costs nothing where all is well, and machines are slow at times. */
export const patience = 90_000;

/** Waits until the condition holds; throws when it does not in a long time. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = patience): Promise<void> {
  for (const end = performance.now() + withinMs; !(await condition()); await sleep(20)) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms: ${condition.toString()}`);
  }
}
