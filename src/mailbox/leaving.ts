import { end } from './clocks.ts';
import type { LetterState, Mark } from './letter.ts';
import type { Letter } from './record.ts';

const inDepartment = ['assigned', 'drafted', 'signed-off'] as const;
const answered = ['replied', 'closed'] as const;
const open = ['submitted', 'accepted', ...inDepartment] as const;

/** States in which something unfinished may stand beside a letter. Coming into another one closes it. */
const room: Readonly<Record<'inquiry' | 'extension' | 'draft' | 'signature', readonly LetterState[]>> = {
  inquiry: ['assigned'],
  extension: inDepartment,
  draft: inDepartment,
  signature: ['signed-off'],
};

/** The same for marks that speak of something unfinished. Cards, orders and what is a fact of the letter stay. */
const markRoom: Partial<Record<Mark, readonly LetterState[]>> = {
  waiting: room.inquiry,
  'extension-asked': room.extension,
  'sent-back': ['assigned'],
  urged: open,
  joint: [...inDepartment, ...answered],
  'rehandling-asked': answered,
};

/**
 * Takes a letter as a move leaves it and the state it comes into; gives the fields that have to change with it, so
 * that nothing stays open which nobody can answer any more: a question to the writer counts as unanswered, a request
 * for an extension lapses, drafts and signatures go.
 */
export function leftBehind(letter: Letter, state: LetterState, at: Date): Partial<Letter> {
  const change: Partial<Letter> = {};
  const { inquiries, extension, draft, signature, marks } = letter;
  if (!room.inquiry.includes(state) && inquiries.some(({ answer }) => answer === null)) {
    change.inquiries = inquiries.map((one) => ({ ...one, answer: one.answer ?? { text: '', at, attachments: [] } }));
  }
  if (!room.extension.includes(state) && extension?.state === 'asked') {
    change.extension = { ...extension, state: 'lapsed', decidedAt: at };
  }
  if (!room.draft.includes(state) && draft) change.draft = null;
  if (!room.draft.includes(state) && letter.formerDrafts?.length) change.formerDrafts = [];
  if (!room.signature.includes(state) && signature) change.signature = null;
  const kept = marks.filter((mark) => markRoom[mark]?.includes(state) ?? true);
  if (kept.length < marks.length) change.marks = kept;
  return change;
}

const marksOfDepartment: readonly Mark[] = ['joint', 'waiting', 'urged', 'sent-back', 'extension-asked'];

/**
 * A letter as its department leaves it, which returned it or from which it was taken: the next one begins anew. Its
 * clocks end now and stay on record, as do its cards and orders.
 */
export function withoutDepartment(letter: Letter, at: Date) {
  const ended = end(letter.clocks, at);
  return {
    lead: null,
    assisting: [],
    passedFrom: [],
    handler: null,
    signedAt: null,
    draft: null,
    formerDrafts: [],
    signature: null,
    extension: null,
    pastClocks: [...letter.pastClocks, ...ended.filter(({ stage }) => stage !== 'accept')],
    clocks: ended.filter(({ stage }) => stage === 'accept'),
    marks: letter.marks.filter((mark) => !marksOfDepartment.includes(mark)),
    facts: { ...letter.facts, answerDueAt: null, departmentId: null, departmentName: '' },
  } satisfies Partial<Letter>;
}
