import { Router, type Request } from 'express';
import { config } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { notFound } from '../kernel/errors.ts';
import { actorOf } from '../web/actor.ts';
import { listShape, oneShape, questionsShape, recordShape } from './apiShapes.ts';
import { recordOf, type RecordedQuestion, type RecordedTurn } from './archive/record.ts';
import { isPublic } from './interview.ts';
import { findInterview, type Interview } from './interviewModel.ts';
import { filterAddress, filteredInterviews, readFilter } from './listFilter.ts';
import type { Listed } from './queries.ts';

const pageSize = 50;
const questionsOnPage = 100;
const turnsOnPage = 200;

/** The page that was asked for, from 1. */
function pageOf(request: Request): number {
  const wished = Number(request.query['page']);
  return Number.isInteger(wished) && wished > 1 && wished < 10_000 ? wished : 1;
}

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

function interviewData(interview: Listed, language: Language) {
  return {
    ...interview,
    id: interview._id,
    url: `${config.baseUrl}/interviews/${interview._id}`,
    department: interview.departmentName[language],
    startsAt: interview.startsAt.toISOString(),
    startedAt: iso(interview.startedAt),
    closedAt: iso(interview.closedAt),
    archivedAt: iso(interview.archivedAt),
  };
}

const questionData = (question: RecordedQuestion) => ({
  ...question,
  publishedAt: question.at.toISOString(),
  answers: question.answers.map((answer) => ({ ...answer, publishedAt: answer.at.toISOString() })),
});

async function findPublic(id: unknown): Promise<Interview> {
  const interview = await findInterview(String(id));
  if (!isPublic(interview.state)) throw notFound('interview.errors.not-found');
  return interview;
}

/** Interviews for programs; mounted at /api/v1. Every answer passes its published shape, which drops what is not in it. */
export const api = Router();

api.use('/interviews', (_request, response, next) => {
  response.set('Access-Control-Allow-Origin', '*');
  next();
});

api.get('/interviews', async (request, response) => {
  const filter = readFilter(request.query);
  const page = pageOf(request);
  const { interviews, total } = await filteredInterviews(filter, page, pageSize);
  const more = filterAddress(filter, { page: String(page + 1) });
  response.json(
    listShape.parse({
      interviews: interviews.map((interview) => interviewData(interview, actorOf(request).language)),
      total,
      next: page * pageSize < total ? `${config.baseUrl}/api/v1/interviews${more}` : null,
    }),
  );
});

api.get('/interviews/:id', async (request, response) => {
  const interview = await findPublic(request.params.id);
  const { figures, rating } = await recordOf(interview);
  response.json(
    oneShape.parse({
      interview: { ...interviewData(interview, actorOf(request).language), background: interview.background },
      figures: { ...figures, peakOnline: interview.peakOnline, rating },
    }),
  );
});

api.get('/interviews/:id/questions', async (request, response) => {
  const { groups, unanswered } = await recordOf(await findPublic(request.params.id));
  const questions = [...groups.flatMap((group) => group.questions), ...unanswered];
  const { page, next } = part(questions, request, questionsOnPage);
  response.json(questionsShape.parse({ questions: page.map(questionData), total: questions.length, next }));
});

api.get('/interviews/:id/record', async (request, response) => {
  const { turns, checks } = await recordOf(await findPublic(request.params.id));
  const { page, next } = part(turns, request, turnsOnPage);
  const checked = checks.map(({ guest, state, at }) => ({ guest, state, at: iso(at) }));
  response.json(recordShape.parse({ turns: page.map(turnData), checks: checked, total: turns.length, next }));
});

/** One page of a whole list, and the address of the next. */
function part<Item>(all: readonly Item[], request: Request, size: number) {
  const page = pageOf(request);
  const next = `${config.baseUrl}/api/v1${request.path}?page=${page + 1}`;
  return { page: all.slice((page - 1) * size, page * size), next: page * size < all.length ? next : null };
}

function turnData({ speakerName, speakerTitle, isHost, at, picture, ...turn }: RecordedTurn) {
  return {
    ...turn,
    picture: picture && { url: config.baseUrl + picture.src, width: picture.width, height: picture.height },
    at: at.toISOString(),
    speaker: picture ? null : { name: speakerName, title: speakerTitle, isHost },
  };
}
