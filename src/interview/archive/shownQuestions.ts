import { fits, markWords } from '../../text/index.ts';
import { signersOf, type InterviewRecord, type RecordedQuestion } from './record.ts';

/** Questions of each guest at first, and on a page of one guest or of a search. */
const atFirst = 8;
const onPage = 40;
/** Stands for a guest's identifier: what nobody has answered. */
const openKey = 'open';

function questionRow(question: RecordedQuestion, words: readonly string[]) {
  return {
    ...question,
    pieces: markWords(question.text, words),
    answers: question.answers.map((answer) => ({ ...answer, pieces: markWords(answer.text, words) })),
  };
}

const wordsIn = (question: RecordedQuestion) => [
  question.text,
  ...question.answers.flatMap((answer) => [answer.text, ...signersOf(answer).map(({ name }) => name)]),
];

/** An address of this page with other choices. */
const address = (choices: Record<string, string | undefined>) => {
  const given = Object.entries({ view: 'answers', ...choices }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  return `?${new URLSearchParams(given).toString()}#content`;
};

/**
 * What the page shows of an interview's questions: the first of each guest; all of one guest, or of a search, in pages;
 * or everything on one page, to be printed. `count` is how many there are in all.
 */
export function shownQuestions(record: InterviewRecord, words: readonly string[], given: Record<string, unknown>) {
  const query = words.length > 0 ? String(given['q']) : undefined;
  const sections = [
    ...record.groups.map(({ guest, questions }) => ({ key: guest.id, guest, questions })),
    { key: openKey, guest: null, questions: record.unanswered },
  ].map((section) => ({ ...section, questions: section.questions.filter((one) => fits(words, wordsIn(one))) }));
  const count = sections.reduce((sum, { questions }) => sum + questions.length, 0);
  const only = sections.find(({ key }) => key === given['guest'])?.key;
  const all = given['all'] === '1';
  const paged = !all && (only !== undefined || query !== undefined);
  const wanted = sections.filter(({ key }) => only === undefined || key === only);
  const total = wanted.reduce((sum, { questions }) => sum + questions.length, 0);
  const pages = paged ? Math.max(1, Math.ceil(total / onPage)) : 1;
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(given['page'])) || 1));
  let place = 0;
  const cut = wanted.flatMap(({ key, guest, questions }) => {
    const before = place;
    place += questions.length;
    const from = paged ? Math.max(0, (page - 1) * onPage - before) : 0;
    const to = paged ? Math.max(0, page * onPage - before) : all ? questions.length : atFirst;
    const shown = questions.slice(from, to);
    const more = !paged && shown.length < questions.length ? address({ guest: key }) : null;
    const rows = shown.map((question) => questionRow(question, words));
    return rows.length > 0 ? [{ key, guest, questions: rows, total: questions.length, more }] : [];
  });
  const turnTo = (to: number) => address({ q: query, guest: only, page: String(to) });
  return {
    count,
    groups: cut.filter(({ key }) => key !== openKey),
    unanswered: cut.find(({ key }) => key === openKey) ?? null,
    only: only ?? null,
    whole: address({ q: query }),
    everything: cut.some(({ more }) => more !== null) ? address({ all: '1' }) : null,
    pager:
      pages > 1
        ? { page, pages, previous: page > 1 ? turnTo(page - 1) : null, next: page < pages ? turnTo(page + 1) : null }
        : null,
  };
}
