import type { Finding } from '../redaction.ts';
import { fold, inDigits } from './fold.ts';

/** Looks for one kind of detail in folded text. */
export type Finder = (folded: string) => Finding[];

/**
 * What the finders find in a text, at its own places: spans that do not overlap, the surest first where they would,
 * in the order of the text. Finders of numbers look a second time, with Chinese figures read as digits.
 */
export function look(text: string, finders: { words: readonly Finder[]; numbers: readonly Finder[] }, minimum: number) {
  const { text: folded, origin } = fold(text);
  const digits = inDigits(folded);
  const found = [
    ...finders.words.flatMap((find) => find(folded)),
    ...finders.numbers.flatMap((find) => (digits === folded ? find(folded) : [...find(folded), ...find(digits)])),
  ];
  const spans = found
    .filter((finding) => finding.confidence >= minimum)
    .map((finding) => ({ ...finding, start: origin[finding.start] ?? 0, end: endOf(finding.end, origin) }));
  return withoutOverlap(spans);
}

/** Of spans that overlap the surest stays, then the longest; in the order of the text. */
export function withoutOverlap(spans: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  const best = [...spans].sort(
    (one, other) => other.confidence - one.confidence || other.end - other.start - (one.end - one.start),
  );
  for (const span of best) if (!kept.some((one) => one.start < span.end && span.start < one.end)) kept.push(span);
  return kept.sort((one, other) => one.start - other.start);
}

/** Behind the original character that gave the last folded one. */
function endOf(end: number, origin: readonly number[]): number {
  const last = origin[end - 1] ?? 0;
  let next = end;
  while (origin[next] === last) next += 1;
  return origin[next] ?? last + 1;
}
