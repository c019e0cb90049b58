import type { Change, Row } from '../live/index.ts';
import type { Interview } from './interviewModel.ts';
import { isPublicQuestion } from './question.ts';
import { QuestionModel, type Question } from './questionModel.ts';
import { showNext } from './settings.ts';

type Order = Pick<Interview, 'upNext' | 'nextRevision'>;

/** What is answered next 接下来, in the host's order; what is not public at the moment is left out. */
function nextRow({ upNext = [], nextRevision = 0 }: Order, questions: readonly Question[]): Row {
  const ordered = upNext.flatMap((id) => questions.find(({ _id }) => _id === id) ?? []);
  return {
    id: 'next',
    kind: 'next',
    revision: ordered.reduce((most, { revision }) => Math.max(most, revision), nextRevision),
    questions: ordered.filter(({ state }) => isPublicQuestion(state)).map(({ _id, text }) => ({ id: _id, text })),
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
