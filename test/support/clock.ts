/** What moves the date of a process, see `scripts/lib/test-clock.sh`. */
const clockVariables = ['LD_PRELOAD', 'FAKETIME', 'FAKETIME_DONT_FAKE_MONOTONIC', 'FAKETIME_FORCE_MONOTONIC_FIX'];

/** The environment of a program that is started as people start it: where programs are, and the date of the run. */
export function surroundings(): Record<string, string | undefined> {
  const names = ['PATH', 'NODE_COMPILE_CACHE', ...clockVariables];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/** The environment of a program that keeps the machine's clock: Redis does not start under another. */
export function ownClockSurroundings(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !clockVariables.includes(name)));
}
