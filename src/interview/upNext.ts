import type { Change, Row } from '../live/index.ts';
import type { Interview } from './interviewModel.ts';
import type { QuestionState } from './question.ts';
import { QuestionModel, type Question } from './questionModel.ts';
import { showNext } from './settings.ts';

type Order = Pick<Interview, 'upNext' | 'nextRevision'>;

/** States from which a question can still be answered next; the others have left the order for good. */
const mayCome: readonly QuestionState[] = ['published', 'hidden', 'screening'];

/** The places of an order that still mean something: what was answered, merged or taken back takes none. */
export async function openPlaces(upNext: readonly string[]): Promise<string[]> {
  if (upNext.length === 0) return [];
  const found = await QuestionModel.find({ _id: { $in: upNext } }, { state: 1 }).lean<
    Pick<Question, '_id' | 'state'>[]
  >();
  const open = new Set(found.filter(({ state }) => mayCome.includes(state)).map(({ _id }) => _id));
  return upNext.filter((one) => open.has(one));
}

/** What is answered next 接下来, in the host's order; what is answered already or not public at the moment is left out. */
function nextRow({ upNext = [], nextRevision = 0 }: Order, questions: readonly Question[]): Row {
  const ordered = upNext.flatMap((id) => questions.find(({ _id }) => _id === id) ?? []);
  return {
    id: 'next',
    kind: 'next',
    revision: ordered.reduce((most, { revision }) => Math.max(most, revision), nextRevision),
    questions: ordered.filter(({ state }) => state === 'published').map(({ _id, text }) => ({ id: _id, text })),
  };
}

/** The order for the desks, and for everyone when the city shows it. Takes at least the questions that it names. */
export function nextChange(
  interview: Order,
  questions: readonly Question[],
): Required<Pick<Change, 'public' | 'desk'>> {
  const row = nextRow(interview, questions);
  return { public: [showNext.value() ? row : { ...row, questions: [] }], desk: [row] };
}

/** The order as it is stored, with `changed` as it is now. */
export async function nextChangeOf(interview: Order, changed?: Question) {
  const ids = (interview.upNext ?? []).filter((id) => id !== changed?._id);
  const others = ids.length > 0 ? await QuestionModel.find({ _id: { $in: ids } }, { trail: 0 }).lean<Question[]>() : [];
  return nextChange(interview, changed ? [...others, changed] : others);
}
