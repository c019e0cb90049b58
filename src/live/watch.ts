let report: (tookMs: number) => void = () => undefined;

/** Says who wants to know how long each beat took (the metrics). */
export function onBeat(listener: (tookMs: number) => void): void {
  report = listener;
}

/** A beat took so many milliseconds. */
export function watchBeat(tookMs: number): void {
  report(tookMs);
}
