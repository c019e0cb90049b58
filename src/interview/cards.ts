// Pure, for server and page alike: how rows are put in order and made ready for their partials.

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
    interviewId: context.interviewId,
    votes: context.votes[row.id] ?? 0,
    supported: context.supported.has(row.id),
    onStage: context.onStage === row.id,
    open: context.open,
  };
}
