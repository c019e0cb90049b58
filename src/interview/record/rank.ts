/** Ranks closer than this are not divided further. */
const closest = 1e-9;

/** A rank between two others, either of which may be missing; null when there is no room between them. */
export function rankBetween(before: number | undefined, after: number | undefined): number | null {
  if (before === undefined && after === undefined) return 1;
  if (before === undefined) return (after as number) - 1;
  if (after === undefined) return Math.floor(before) + 1;
  return after - before > closest ? (before + after) / 2 : null;
}
