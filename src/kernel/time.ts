let read: () => Date = () => new Date();

/** The present moment. Everything that asks for the time asks here, so that tests can move it. */
export function now(): Date {
  return read();
}

/** Replaces the clock; without an argument the real one is back. For tests. */
export function setClock(clock?: () => Date): void {
  read = clock ?? (() => new Date());
}

/** The time zone in which the city lives and counts its days. */
export const cityZone = 'Asia/Shanghai';
