import { Router } from 'express';
import { config } from '../config.ts';
import { notFound } from '../kernel/errors.ts';
import { roomView } from '../live/index.ts';
import { actorOf } from '../web/actor.ts';
import { stageLength } from './cards.ts';
import { isPublic } from './interview.ts';
import { findInterview } from './interviewModel.ts';
import { roomKind } from './room.ts';
import { mineTones, stateTones } from './views.ts';

/** The projector 大屏: what a hall sees, with nothing to click. */
export const screenRoutes = Router();

screenRoutes.get('/interviews/:id/screen', async (request, response) => {
  const interview = await findInterview(String(request.params['id']));
  if (!isPublic(interview.state)) throw notFound('interview.errors.not-found');
  const { rows, counters } = await roomView(roomKind, interview._id, 'public');
  const row = (id: string) => rows.find((one) => one.id === id) ?? null;
  response.render('interview/screen', {
    layout: 'bare',
    title: interview.topic,
    topic: interview.topic,
    department: interview.departmentName[actorOf(request).language],
    address: `${config.baseUrl.replace(/^https?:\/\//, '')}/interviews/${interview._id}`,
    code: `/interviews/${interview._id}/code.svg`,
    phase: row('phase'),
    stage: row('stage'),
    length: stageLength(row('stage')),
    next: row('next'),
    counters,
    stateTones,
    mineTones,
    roomData: { id: interview._id, stateTones, mineTones },
  });
});
