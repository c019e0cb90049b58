import { Router } from 'express';
import type { Feature } from '../feature.ts';
import { interviewMeasures, interviewsNow } from '../interview/index.ts';
import { actorOf } from '../web/actor.ts';

const pages = Router();

pages.get('/', async (request, response) => {
  const { language } = actorOf(request);
  const [{ live, coming, past }, measures] = await Promise.all([interviewsNow(language), interviewMeasures()]);
  const [first, ...alsoLive] = live;
  response.render('portal/home', { title: null, first: first ?? null, alsoLive, coming, past, measures, scripts: [] });
});

/** The front page 首页: what is live now, how to ask, what others were answered, whether the city answers. */
export const portal: Feature = { name: 'portal', pages };
