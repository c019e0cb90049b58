import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { mask, personalKinds, type PersonalKind } from '../../kernel/redaction.ts';
import { typedText } from '../../kernel/text.ts';
import { publishLetter } from '../actions/publishLetter.ts';
import { several } from '../fields.ts';
import { requireLetter } from '../letterModel.ts';
import { proposeSpans, publicFields, type PublicField } from '../publication.ts';
import type { Letter } from '../record.ts';
import { boxMayBePublic } from '../rules.ts';
import type { Act } from './act.ts';

interface Span {
  start: number;
  end: number;
  kind: PersonalKind;
}
type Spans = Record<PublicField, Span[]>;
const fieldNames = ['title', 'body', 'reply'] as const;

const schema = z.object({
  letterId: z.string(),
  version: z.string().optional(),
  visibility: z.enum(['listed', 'public']).default('public'),
  /** `body:12:23:telephone` of each span ticked. */
  span: several(z.string().max(60), 1500),
  /** Further words to mask wherever they stand, one a line. */
  words: typedText({ min: 0, max: 2000 }).default(''),
});

const spanPattern = new RegExp(`^(title|body|reply):(\\d{1,6}):(\\d{1,6}):(${personalKinds.join('|')})$`);

/** What the form decided, as places in the original texts. */
function decidedSpans(letter: Letter, ticked: readonly string[], words: string): Spans {
  const texts = publicFields(letter);
  const spans: Spans = { title: [], body: [], reply: [] };
  for (const one of ticked) {
    const [, field, start, end, kind] = spanPattern.exec(one) ?? [];
    if (!field) continue;
    const span = { start: Number(start), end: Number(end), kind: kind as PersonalKind };
    if (span.start < span.end && span.end <= texts[field as PublicField].length) spans[field as PublicField].push(span);
  }
  for (const word of words.split('\n').map((line) => line.trim())) {
    if (word) for (const field of fieldNames) spans[field].push(...placesOf(word, texts[field]));
  }
  return spans;
}

function placesOf(word: string, text: string): Span[] {
  const found: Span[] = [];
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + word.length)) {
    found.push({ start, end: start + word.length, kind: 'account' });
  }
  return found;
}

/** 公开: span by span. The original stays; places travel to the action, never the text masked. */
export const publishAct: Act = {
  verb: 'publish',
  when: ({ letter }) => letter.mayPublish && boxMayBePublic(letter.box) && letter.visibility !== 'public',
  async run(actor: Actor, input: unknown) {
    const { letterId, version, visibility, span, words } = parse(schema, input);
    const letter = await requireLetter(letterId);
    const spans = decidedSpans(letter, span, words);
    return publishLetter(actor, { letterId, version, visibility, spans });
  },
};

/** One piece of an original text: plain, or a span that may be masked. */
interface Piece {
  text: string;
  value: string;
  kind: PersonalKind | '';
  ticked: boolean;
}

/** What the publication form shows: every text with its spans to tick, and the result as everybody would read it. */
export function publishModel(letter: Letter, typed: Record<string, unknown> | undefined) {
  const texts = publicFields(letter);
  const proposed = proposeSpans(letter);
  const ticked = typed ? ([] as unknown[]).concat(typed['span'] ?? []).map(String) : null;
  const words = typeof typed?.['words'] === 'string' ? typed['words'] : '';
  const keyOf = (field: PublicField, { start, end, kind }: Span) => `${field}:${start}:${end}:${kind}`;
  const all = fieldNames.flatMap((field) => proposed[field].map((span) => keyOf(field, span)));
  const decided = decidedSpans(letter, ticked ?? all, words);
  return {
    words,
    visibility: typed?.['visibility'] === 'listed' ? 'listed' : 'public',
    count: all.length,
    fields: fieldNames.map((name) => ({
      name,
      pieces: piecesOf(
        texts[name],
        proposed[name],
        (span) => ticked === null || ticked.includes(keyOf(name, span)),
        name,
      ),
      result: mask(texts[name], decided[name]),
    })),
  };
}

function piecesOf(
  text: string,
  spans: readonly Span[],
  isTicked: (span: Span) => boolean,
  field: PublicField,
): Piece[] {
  const pieces: Piece[] = [];
  let place = 0;
  for (const span of spans) {
    if (span.start > place) pieces.push({ text: text.slice(place, span.start), value: '', kind: '', ticked: false });
    const value = `${field}:${span.start}:${span.end}:${span.kind}`;
    pieces.push({ text: text.slice(span.start, span.end), value, kind: span.kind, ticked: isTicked(span) });
    place = span.end;
  }
  if (place < text.length) pieces.push({ text: text.slice(place), value: '', kind: '', ticked: false });
  return pieces;
}
