import { Router } from 'express';
import type { Feature } from '../feature.ts';
import { interviewMeasures, interviewsNow } from '../interview/index.ts';
import { newestAnswers } from '../mailbox/index.ts';
import { cityFigures } from '../statistics/index.ts';
import { actorOf } from '../web/actor.ts';

const pages = Router();

pages.get('/', async (request, response) => {
  const { language } = actorOf(request);
  const [{ live, coming, past }, measures, answers, letters] = await Promise.all([
    interviewsNow(language),
    interviewMeasures(),
    newestAnswers(language, 4),
    cityFigures(language),
  ]);
  const [first, ...alsoLive] = live;
  const shown = { first: first ?? null, alsoLive, coming, past, measures, answers, letters };
  response.render('portal/home', { title: null, ...shown, scripts: [] });
});

/** The front page 首页: what is live now, how to ask, what others were answered, whether the city answers. */
export const portal: Feature = { name: 'portal', pages };
