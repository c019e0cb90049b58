import type { Finding } from '../redaction.ts';

/**
 * Gives the public version: names keep their first character (王某某), everything else becomes asterisks; the length of
 * what stands there tells nothing. Spans may come in any order and overlap, and never cut a character in two.
 */
export function mask(text: string, spans: readonly Pick<Finding, 'start' | 'end' | 'kind'>[]): string {
  let masked = '';
  let place = 0;
  for (const { start, end, kind } of [...spans].sort((one, other) => one.start - other.start)) {
    if (end <= place) continue;
    const from = wholeFrom(text, Math.max(start, place));
    masked += text.slice(place, from) + (kind === 'name' && from === start ? maskName(text.slice(from, end)) : '****');
    place = wholeTo(text, Math.min(end, text.length));
  }
  return masked + text.slice(place);
}

const isLow = (text: string, place: number): boolean => /^[\udc00-\udfff]/.test(text.slice(place, place + 1));
const wholeFrom = (text: string, place: number): number => (place > 0 && isLow(text, place) ? place - 1 : place);
const wholeTo = (text: string, place: number): number => (isLow(text, place) ? place + 1 : place);

/** A Chinese name keeps the character that leads it; of another nothing stays. */
function maskName(name: string): string {
  const first = /^\s*(\p{Script=Han})/u.exec(name)?.[1];
  return first ? `${first}某某` : '****';
}
