import type { BrowserContext } from 'playwright-core';

/** Seconds by which the clock of this run is ahead of the machine's; behind when negative. Set by `scripts/test`. */
const shiftSeconds = Number(process.env['TEST_CLOCK_SHIFT'] ?? 0);

/** What moves the date of a process, see `scripts/lib/test-clock.sh`. */
const clockVariables = ['LD_PRELOAD', 'FAKETIME', 'FAKETIME_DONT_FAKE_MONOTONIC', 'TEST_CLOCK_SHIFT'];

/** The environment of a program that is started as people start it: where programs are, and the date of the run. */
export function surroundings(): Record<string, string | undefined> {
  const names = ['PATH', 'NODE_COMPILE_CACHE', ...clockVariables];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/** The environment of the browser and of Redis, which keep the machine's clock: the one is too slow without, the other does not start. */
export function ownClockSurroundings(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => !clockVariables.includes(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

/** Lets the scripts of every page of the window see the date of the run. */
export async function shiftClock(context: BrowserContext): Promise<void> {
  if (shiftSeconds === 0) return;
  await context.addInitScript((milliseconds) => {
    const RealDate = Date;
    const now = () => RealDate.now() + milliseconds;
    window.Date = new Proxy(RealDate, {
      construct: (target, given, self) => Reflect.construct(target, given.length > 0 ? given : [now()], self) as object,
      apply: () => new RealDate(now()).toString(),
      get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
    });
  }, shiftSeconds * 1000);
}
