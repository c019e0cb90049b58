import type { Row } from '../live/index.ts';
import { t } from '../words.ts';
import type { Say } from './said.ts';

interface Staged {
  id: string;
  text: string;
  answers: { id: string; guestName: string }[];
}
const stagedIn = (row: Row | undefined) => (row?.['question'] ?? null) as Staged | null;

/** Says once which question is being answered now, and once that each answer to it is there. */
export function sayStage(before: Row | undefined, row: Row | undefined, say: Say): void {
  const staged = stagedIn(row);
  if (!before || !staged) return;
  const earlier = stagedIn(before);
  if (staged.id !== earlier?.id) return say(t('interview.said.stage', { text: staged.text }));
  const known = new Set(earlier.answers.map(({ id }) => id));
  for (const { id, guestName } of staged.answers) {
    if (!known.has(id)) say(t('interview.said.answer', { name: guestName }));
  }
}
