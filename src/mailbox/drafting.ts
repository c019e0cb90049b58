import type { Doer } from './trailRecord.ts';
import type { Letter } from './record.ts';

const formerMost = 10;

/** What saving a reply changes: another person's draft is set aside, never lost. The same words change nothing. */
export function drafted({ draft, formerDrafts = [] }: Letter, text: string, by: Doer, at: Date): Partial<Letter> {
  if (draft?.text === text) return {};
  const aside = draft && draft.by.id !== by.id && draft.text.trim() !== '' ? [draft] : [];
  return { draft: { text, at, by }, formerDrafts: [...aside, ...formerDrafts].slice(0, formerMost) };
}
