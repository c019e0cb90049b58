// Pure: the list of public questions in pages, as the server draws it. Scripts bring the whole list and show it by tens.

/** As many as the page shows at first where there are scripts. */
const size = 20;

/** What the address asks for: a page by its number, or the one that a question is on. */
export interface Wanted {
  page?: unknown;
  question?: unknown;
}

/** Gives the rows of one page and the addresses of its neighbours; `list` stays what it is. */
export function questionPage<Row extends { id: string }>(rows: readonly Row[], list: string, wanted: Wanted) {
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const place = rows.findIndex(({ id }) => id === wanted.question);
  const asked = place >= 0 ? Math.floor(place / size) + 1 : Math.trunc(Number(wanted.page));
  const page = Math.min(pages, Math.max(1, Number.isFinite(asked) ? asked : 1));
  const address = (to: number) => (to < 1 || to > pages ? null : `?list=${list}&page=${to}#questions`);
  return {
    rows: rows.slice((page - 1) * size, page * size),
    page,
    pages,
    previous: address(page - 1),
    next: address(page + 1),
  };
}

/** The address of a question on the page of its interview, whichever page of the list it is on. */
export const questionAddress = (interviewId: string, questionId: string): string =>
  `/interviews/${interviewId}?question=${questionId}#question-${questionId}`;
