// Pure, for server and page alike: how rows are put in order and made ready for their partials.

import type { DeskAnswer } from './review/cards.ts';

/** A public question row as the room sends it. */
export interface QuestionRow {
  id: string;
  kind: string;
  revision: number;
  state: string;
  at: string | null;
  text: string;
  [field: string]: unknown;
}

/** What decides how a card looks beside the row itself. */
export interface CardContext {
  interviewId: string;
  votes: Readonly<Record<string, number>>;
  supported: ReadonlySet<string>;
  onStage: string | null;
  /** The interview takes supports, and this person may give them. */
  open: boolean;
  /** This person may follow others' questions, and follows these. */
  mayFollow?: boolean;
  followed?: ReadonlySet<string>;
}

/** The lists a reader can choose. */
export const lists = ['newest', 'supported', 'answered', 'mine'] as const;
export type ListName = (typeof lists)[number];

/** Takes rows; gives those of one list in its order. `mine` is drawn from other rows. */
export function orderRows<Row extends QuestionRow>(
  rows: readonly Row[],
  list: ListName,
  votes: Readonly<Record<string, number>>,
): Row[] {
  const at = ({ at: moment }: Row) => moment ?? '';
  const newest = (a: Row, b: Row) => at(b).localeCompare(at(a)) || a.id.localeCompare(b.id);
  const shown = list === 'answered' ? rows.filter(({ state }) => state === 'answered') : [...rows];
  if (list !== 'supported') return shown.sort(newest);
  return shown.sort((a, b) => (votes[b.id] ?? 0) - (votes[a.id] ?? 0) || newest(a, b));
}

/** A row with everything its partial prints. */
export function card<Row extends QuestionRow>(row: Row, context: CardContext) {
  return {
    ...row,
    // Beside its words buttons are told apart by the beginning of their question
    short: [...row.text].slice(0, 30).join(''),
    interviewId: context.interviewId,
    alike: Number(row['alike'] ?? 0),
    votes: context.votes[row.id] ?? 0,
    supported: context.supported.has(row.id),
    mayFollow: context.mayFollow === true && row.state === 'published',
    followed: context.followed?.has(row.id) === true,
    onStage: context.onStage === row.id,
    open: context.open,
  };
}

/** A row of the desks' audience. */
export interface DeskRow {
  id: string;
  revision: number;
  [field: string]: unknown;
}
/** What decides how a desk's card looks beside the row itself. */
export interface DeskContext {
  base: string;
  votes: Readonly<Record<string, number>>;
  onStage: string | null;
  /** Who sits at the desk. */
  me: string;
  /** The guest's desk: departments of who sits there. */
  departments?: readonly string[];
  /** Answers of this interview pass a reviewer. */
  reviewed?: boolean;
  /** The host's desk: questions in the order that is answered next. */
  upNext?: readonly string[];
  /** The screener's desk: published questions like the waiting ones, and the words of every question by id. */
  similar?: Readonly<Record<string, readonly object[]>>;
  texts?: Readonly<Record<string, string>>;
}
/** A question as the screener's partial prints it. */
export function screeningCard(row: DeskRow, desk: DeskContext) {
  const claim = row['claim'] as { id: string; name: string } | null;
  return {
    ...row,
    base: `${desk.base}/screening/${row.id}`,
    votes: desk.votes[row.id] ?? 0,
    typed: null as string | null,
    claimedByMe: claim?.id === desk.me,
    claimedByOther: claim !== null && claim.id !== desk.me ? claim.name : null,
    waiting: row['state'] === 'received' || row['state'] === 'screening',
    canTakeBack: row['state'] === 'published' || row['state'] === 'rejected',
    canMerge: row['state'] === 'received' || row['state'] === 'screening' || row['state'] === 'published',
    merged: row['state'] === 'merged',
    into: row['mergedInto'] ? (desk.texts?.[String(row['mergedInto'])] ?? '') : null,
    similar: desk.similar?.[row.id] ?? [],
    passedTo: passedTo(row),
  };
}

/** What a screener's search found, as its partial prints it. */
export function foundCards(
  found: readonly { id: string; text: string; answered: boolean }[],
  votes: Readonly<Record<string, number>>,
) {
  return found.map((one, index) => ({ ...one, votes: votes[one.id] ?? 0, first: index === 0 }));
}

/** Names of those to whom a question was passed. */
function passedTo(row: DeskRow): string | null {
  const passed = row['passed'] as { name: string; jointly: { name: string }[] } | null;
  return passed && [passed, ...passed.jointly].map(({ name }) => name).join('、');
}

/** A published question as the host's partial prints it. */
export function hostingCard(row: DeskRow, desk: DeskContext) {
  const answers = row['answers'] as DeskAnswer[];
  return {
    ...row,
    action: `${desk.base}/hosting/stage`,
    veil: `${desk.base}/hosting/${row.id}`,
    queued: desk.upNext?.includes(row.id) === true,
    hidden: row['state'] === 'hidden',
    votes: desk.votes[row.id] ?? 0,
    onStage: desk.onStage === row.id,
    answered: row['state'] === 'answered' || row['state'] === 'hidden',
    drafts: answers.filter(({ published, draft }) => !published && draft !== '').map(({ guestName }) => guestName),
  };
}

/** Turns of the record in their order, the same for everyone. */
export function byOrder(
  a: { id: string; [field: string]: unknown },
  b: { id: string; [field: string]: unknown },
): number {
  return Number(a['order']) - Number(b['order']) || a.id.localeCompare(b.id);
}

/** The turn with the picture that came last, for the stage; null when the record has none. */
export function newestPicture<Turn extends { id: string; [field: string]: unknown }>(
  turns: readonly Turn[],
): Turn | null {
  const pictures = turns.filter((turn) => turn['picture']);
  return pictures.sort((a, b) => String(a['at']).localeCompare(String(b['at']))).at(-1) ?? null;
}

/** The place of a question at a desk: on stage first, then what waits for an answer, then what others answered, then what has one. */
export function deskRank(card: {
  onStage: boolean;
  answered?: boolean;
  published?: boolean;
  forMe?: boolean;
  joint?: { out: boolean } | null;
  others?: readonly { published: boolean }[];
}): number {
  if (card.onStage) return 0;
  if (card.answered || card.published || card.joint?.out) return 4;
  if (card.forMe) return 1;
  return card.others?.some(({ published }) => published) ? 3 : 2;
}

/** The order of what is answered next as the host's partial prints it; `row` is the room's. */
export function nextCards(row: DeskRow | undefined, base: string) {
  const questions = (row?.['questions'] ?? []) as { id: string; text: string }[];
  return questions.map((question, index) => ({
    ...question,
    action: `${base}/hosting/next`,
    stage: `${base}/hosting/stage`,
    first: index === 0,
    last: index === questions.length - 1,
  }));
}

/** How much there is to read on stage, which decides the size of the letters on the wall. */
export function stageLength(row: { [field: string]: unknown } | null | undefined): string {
  const question = row?.['question'] as { text: string; answers: { text: string }[] } | null | undefined;
  if (!question) return 'short';
  const length = question.text.length + question.answers.reduce((sum, { text }) => sum + text.length, 0) / 2;
  return length <= 32 ? 'short' : length <= 90 ? 'medium' : length <= 240 ? 'long' : 'longest';
}
