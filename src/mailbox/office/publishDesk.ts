import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { parse } from '../../kernel/parse.ts';
import { mask, personalKinds, withoutOverlap, type PersonalKind } from '../../kernel/redaction.ts';
import { placesOf } from '../../kernel/redaction/places.ts';
import { typedText } from '../../kernel/text.ts';
import { publishLetter } from '../actions/publishLetter.ts';
import { several } from '../fields.ts';
import { requireLetter } from '../letterModel.ts';
import { proposeSpans, publicFields, type Proposal, type PublicField } from '../publication.ts';
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
    if (!word) continue;
    for (const field of fieldNames)
      spans[field].push(...placesOf(word, texts[field]).map((place) => ({ ...place, kind: 'other' as const })));
  }
  return spans;
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

/** One piece of an original text, from its place `at`: plain, or a span that may be masked. */
interface Piece {
  at: number;
  text: string;
  value: string;
  kind: PersonalKind | '';
  ticked: boolean;
}

/** What the publication form shows: every text with its spans to tick, and the result as everybody would read it. */
export function publishModel(letter: Letter, typed: Record<string, unknown> | undefined) {
  const texts = publicFields(letter);
  const ticked = typed ? ([] as unknown[]).concat(typed['span'] ?? []).map(String) : null;
  const words = typeof typed?.['words'] === 'string' ? typed['words'] : '';
  const chosen = decidedSpans(letter, ticked ?? [], '');
  const proposed = proposeSpans(letter);
  const shown = (field: PublicField): Proposal[] => {
    const isChosen = ({ start, end }: Span) => chosen[field].some((one) => one.start === start && one.end === end);
    const proposals = proposed[field].map((one) => ({ ...one, ticked: ticked ? isChosen(one) : one.ticked }));
    const own = chosen[field].filter((one) => !proposals.some(({ start, end }) => start < one.end && one.start < end));
    return withoutOverlap([...proposals, ...own.map((one) => ({ ...one, confidence: 1 }))]).map((one) => ({
      ticked: true,
      ...one,
    }));
  };
  const fields = fieldNames.map((name) => {
    const spans = shown(name);
    const marked = decidedSpans(letter, [], words)[name];
    return {
      name,
      pieces: piecesOf(texts[name], spans, name),
      result: mask(texts[name], [...spans.filter((one) => one.ticked), ...marked]),
    };
  });
  return {
    words,
    visibility: typed?.['visibility'] === 'listed' ? 'listed' : 'public',
    count: fieldNames.reduce((sum, name) => sum + proposed[name].length, 0),
    fields,
  };
}

function piecesOf(text: string, spans: readonly Proposal[], field: PublicField): Piece[] {
  const pieces: Piece[] = [];
  let place = 0;
  const plain = (end: number) =>
    pieces.push({ at: place, text: text.slice(place, end), value: '', kind: '', ticked: false });
  for (const { start, end, kind, ticked } of spans) {
    if (start > place) plain(start);
    pieces.push({ at: start, text: text.slice(start, end), value: `${field}:${start}:${end}:${kind}`, kind, ticked });
    place = end;
  }
  if (place < text.length) plain(text.length);
  return pieces;
}
