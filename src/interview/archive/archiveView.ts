import type { Actor } from '../../kernel/actor.ts';
import { config } from '../../config.ts';
import { ratingBy } from '../rating/ratingModel.ts';
import type { Interview } from '../interviewModel.ts';
import { owedUntil } from '../closing/endingView.ts';
import { canBeAtDesk } from '../policy.ts';
import { questionsBy } from '../queries.ts';
import { mineRow } from '../rows.ts';
import { mineTones, present } from '../views.ts';
import { exportFormats } from './exportFormats.ts';
import { fits, markWords, searchWords } from '../../text/index.ts';
import { recordOf, type InterviewRecord, type RecordedTurn } from './record.ts';
import { shownQuestions } from './shownQuestions.ts';

const checkTones = { confirmed: 'done', changed: 'active', open: 'waiting' } as const;
const views = ['answers', 'record'] as const;
type View = (typeof views)[number];

const turnRow = (turn: RecordedTurn, words: readonly string[]) => ({ ...turn, pieces: markWords(turn.text, words) });

/** The record's turns in which the words stand. */
const foundTurns = ({ turns }: InterviewRecord, words: readonly string[]) =>
  turns.filter(({ text, speakerName }) => fits(words, [text, speakerName])).map((turn) => turnRow(turn, words));

/** The link to one of the two halves, with the search kept. */
const halfHref = (half: View, query: string) =>
  `?${new URLSearchParams({ view: half, ...(query === '' ? {} : { q: query }) }).toString()}#content`;

/** The archive page of a closed or archived interview; `q` searches questions, answers and record alike. */
export async function archivePage(actor: Actor, interview: Interview, given: Record<string, unknown>) {
  const query = typeof given['q'] === 'string' ? given['q'].trim().slice(0, 100) : '';
  const words = searchWords(query);
  const member = actor.kind === 'guest' || actor.kind === 'citizen';
  const [record, own, rated] = await Promise.all([
    recordOf(interview),
    questionsBy(actor, interview._id),
    member ? ratingBy(actor.id, interview._id) : null,
  ]);
  const shown = shownQuestions(record, words, given);
  const turns = foundTurns(record, words);
  const counts = { answers: shown.count, record: turns.length };
  const wished = views.find((view) => view === given['view']);
  const view: View = wished ?? (counts.answers === 0 && counts.record > 0 ? 'record' : 'answers');
  return {
    interview: present(interview, actor.language),
    archivedAt: interview.archivedAt,
    permanent: `${config.baseUrl}/interviews/${interview._id}`,
    calendarHref: `/interviews/${interview._id}.ics`,
    owedUntil: owedUntil(interview, actor.language),
    final: interview.state === 'archived',
    figures: record.figures,
    rating: { ...record.rating, words: record.rating.mean?.toFixed(1) ?? null },
    answeringRecord: view === 'answers',
    query: query === '' ? null : query,
    empty: query === '' && shown.count === 0,
    none: query !== '' && counts.answers + counts.record === 0,
    halves: views.map((half) => ({ half, href: halfHref(half, query), current: half === view, count: counts[half] })),
    ...(view === 'answers' ? shown : { groups: [], unanswered: null }),
    turns: view === 'record' ? turns : [],
    checks: record.checks.map((check) => ({ ...check, tone: checkTones[check.state] })),
    checked: record.checks.length > 0 && record.checks.every(({ state }) => state === 'confirmed'),
    marked: record.turns.some(({ kind }) => kind !== 'live'),
    mine: own.map((question) => mineRow(question, interview)),
    mineTones,
    exports: exportFormats.map((format) => ({ format, href: `/interviews/${interview._id}/record.${format}` })),
    rate: member ? { action: `/interviews/${interview._id}/rating`, given: rated?.stars ?? null } : null,
    stars: [5, 4, 3, 2, 1],
    desk: canBeAtDesk(actor, interview) && actor.kind === 'staff' ? `/office/interviews/${interview._id}` : null,
  };
}
