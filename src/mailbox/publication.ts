import { findPersonal, withoutOverlap, type Finding } from '../kernel/redaction.ts';
import { placesOf } from '../kernel/redaction/places.ts';
import type { Letter } from './record.ts';

export type PublicField = 'title' | 'body' | 'reply';

/** The original texts of what may become public. */
export const publicFields = (letter: Letter): Record<PublicField, string> => ({
  title: letter.title,
  body: letter.body,
  reply: letter.replies.at(-1)?.text ?? '',
});

/** What is proposed to be masked; an office's own number is there to be read and not ticked at first. */
export interface Proposal extends Finding {
  ticked: boolean;
}
const fieldNames = ['title', 'body', 'reply'] as const;

/**
 * What the finder proposes to mask, field by field; a person decides. What is found once is proposed wherever it
 * stands: a name with a word before it in the letter is often bare in the reply.
 */
export function proposeSpans(letter: Letter): Record<PublicField, Proposal[]> {
  const texts = publicFields(letter);
  const found = fieldNames.map((field) => [field, findPersonal(texts[field])] as const);
  const known = new Map<string, Finding>();
  for (const [field, spans] of found)
    for (const span of spans) if (span.end - span.start > 1) known.set(texts[field].slice(span.start, span.end), span);
  const proposals = (field: PublicField, spans: readonly Finding[]): Proposal[] =>
    withoutOverlap([...spans, ...repeatsOf(known, texts[field])]).map((span) => ({
      ...span,
      ticked: !(field === 'reply' && isFixedLine(span, texts[field])),
    }));
  return Object.fromEntries(found.map(([field, spans]) => [field, proposals(field, spans)])) as Record<
    PublicField,
    Proposal[]
  >;
}

/** A fixed number in a reply is nearly always the office's; a mobile one is somebody's own. */
const isFixedLine = ({ kind, start, end }: Finding, text: string): boolean =>
  kind === 'telephone' && /^\D{0,2}(?:0(?:10|[2-9])|[2-8])/.test(text.slice(start, end).normalize('NFKC'));

/** Every further place of what was found somewhere; a little less sure than where it was found. */
function repeatsOf(known: ReadonlyMap<string, Finding>, text: string): Finding[] {
  return [...known].flatMap(([word, { kind, confidence }]) =>
    placesOf(word, text).map((place) => ({ ...place, kind, confidence: confidence - 0.01 })),
  );
}

/** The writer agreed to publication and nobody has decided yet 待公开. */
export const wantsPublication = ({
  mayPublish,
  visibility,
  state,
}: Pick<Letter, 'mayPublish' | 'visibility' | 'state'>) =>
  mayPublish && visibility === 'private' && state === 'replied';

/** A satisfied writer ends the matter; but what is still to be published stays on the table until then. */
export const closesAtOnce = (letter: Pick<Letter, 'mayPublish' | 'visibility' | 'state'>, rating: Letter['rating']) =>
  letter.state === 'replied' && rating !== null && rating.satisfaction !== 'dissatisfied' && !wantsPublication(letter);

/** How the audit trail names a letter. */
export const auditTarget = ({ _id, number }: Pick<Letter, '_id' | 'number'>) => ({
  type: 'letter',
  id: _id,
  label: number,
});
