import { findPersonal, type Finding } from '../kernel/redaction.ts';
import type { Letter } from './record.ts';

export type PublicField = 'title' | 'body' | 'reply';

/** The original texts of what may become public. */
export const publicFields = (letter: Letter): Record<PublicField, string> => ({
  title: letter.title,
  body: letter.body,
  reply: letter.replies.at(-1)?.text ?? '',
});

/** What the finder proposes to mask, field by field; a person decides. Officials' names in the reply are theirs to give. */
export function proposeSpans(letter: Letter): Record<PublicField, Finding[]> {
  const texts = publicFields(letter);
  return { title: findPersonal(texts.title), body: findPersonal(texts.body), reply: findPersonal(texts.reply) };
}

/** How the audit trail names a letter. */
export const auditTarget = ({ _id, number }: Pick<Letter, '_id' | 'number'>) => ({
  type: 'letter',
  id: _id,
  label: number,
});
