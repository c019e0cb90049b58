import { invalid, type Message, type Refusal } from '../kernel/errors.ts';
import { typedCard, typedNumbers, type TypedNumber } from '../kernel/redaction/typed.ts';

/** How a number is named to the one who typed it: so much that they find it, and no more. */
const beginningOf = (text: string, { start, end }: TypedNumber): string =>
  `${text.slice(start, Math.min(start + 3, end))}…`;

const told = (text: string, found: TypedNumber): Message => ({
  key: `moderation.numbers.${found.kind}`,
  params: { beginning: beginningOf(text, found) },
});

/** What to say of an identity or bank card number in a text, or undefined. */
function cardIn(text: string): Message | undefined {
  const found = typedCard(typedNumbers(text));
  return found && told(text, found);
}

/** Refuses texts with an identity or bank card number in them; says at which field and why. */
export function refuseCards(texts: Readonly<Record<string, string>>): void {
  const faults = Object.entries(texts).flatMap(([field, text]) => {
    const fault = cardIn(text);
    return fault ? [[field, fault] as const] : [];
  });
  if (faults.length > 0) throw invalid(Object.fromEntries(faults), 'moderation.numbers.stopped');
}

/** The same for texts everybody reads; a telephone number is asked about once: `kept` when the person wants it so. */
export function refuseNumbers(texts: Readonly<Record<string, string>>, kept: boolean): void {
  refuseCards(texts);
  if (kept) return;
  for (const [field, text] of Object.entries(texts)) {
    const [found] = typedNumbers(text);
    if (found) throw invalid({ [field]: told(text, found) }, 'moderation.numbers.asked');
  }
}

/** Whether a refusal is the question if a number is meant: the form then offers the tick. */
export const asksToKeep = ({ told: { key } }: Refusal): boolean => key === 'moderation.numbers.asked';

/** A nickname stands beside every question: no number of this kind belongs in it. */
export function refuseNickname(nickname: string): void {
  if (typedNumbers(nickname).length > 0) throw invalid({ nickname: { key: 'moderation.numbers.nickname' } });
}

/** What kinds of numbers stand in texts, each once, for those who look at them. */
export const numberKinds = (...texts: readonly string[]): TypedNumber['kind'][] => [
  ...new Set(texts.flatMap((text) => typedNumbers(text).map(({ kind }) => kind))),
];
