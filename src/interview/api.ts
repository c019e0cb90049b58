import { Router } from 'express';
import { config } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { notFound } from '../kernel/errors.ts';
import { actorOf } from '../web/actor.ts';
import { listShape, oneShape, questionsShape, recordShape } from './apiShapes.ts';
import { recordOf, type RecordedQuestion } from './archive/record.ts';
import { isPublic } from './interview.ts';
import { findInterview, type Interview } from './interviewModel.ts';
import { filterAddress, filteredInterviews, readFilter } from './listFilter.ts';
import type { Listed } from './queries.ts';

const pageSize = 50;
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
  const wished = Number(request.query['page']);
  const page = Number.isInteger(wished) && wished > 1 && wished < 10_000 ? wished : 1;
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
  const answered = groups.flatMap(({ questions }) => questions);
  response.json(questionsShape.parse({ questions: [...answered, ...unanswered].map(questionData) }));
});

api.get('/interviews/:id/record', async (request, response) => {
  const { turns } = await recordOf(await findPublic(request.params.id));
  const data = turns.map(({ speakerName, speakerTitle, isHost, at, picture, ...turn }) => ({
    ...turn,
    picture: picture && {
      url: config.baseUrl + picture.src,
      width: picture.width,
      height: picture.height,
    },
    at: at.toISOString(),
    speaker: { name: speakerName, title: speakerTitle, isHost },
  }));
  response.json(recordShape.parse({ turns: data }));
});
