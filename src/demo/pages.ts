import { Router } from 'express';
import { localPath, redirectWith } from '../web/respond.ts';
import type { Audience } from './audience.ts';
import { crowdDoor } from './crowd/door.ts';

let shown: Audience | undefined;

/** From now on every page of the demo says what this audience does and lets it be paused. */
export function showAudience(audience: Audience): void {
  shown = audience;
}

let telling: 'interview' | 'letters' | null = null;

/** What the city is still being filled with, for the line above every page; null when it is whole. */
export function showTelling(what: typeof telling): void {
  telling = what;
}

/** What the audience does: it was paused, it moves, or the interview was closed by hand. */
const stateOf = ({ running, over }: Audience) => (over ? 'over' : running ? 'runs' : 'paused');

/** The interview whose audience is simulated, or undefined. */
const liveNow = (): string | undefined => shown?.staged.id;

/** Pauses the simulated audience and lets it go on. */
export const demoPages: Router = Router();

demoPages.use(crowdDoor(liveNow));

demoPages.use((_request, response, next) => {
  response.locals['audience'] = shown && { state: stateOf(shown), interviewId: shown.staged.id };
  response.locals['telling'] = telling;
  next();
});

/** The line above every page by itself: pages that stand open follow it. `back` is the page it is for. */
demoPages.get('/demo/banner', (request, response) => {
  response.locals['path'] = localPath(request.query['back'], '/');
  response.set('cache-control', 'no-store').render('demo/banner', { layout: false });
});

demoPages.post('/demo/audience', (request, response) => {
  const { running, back } = request.body as Record<string, unknown>;
  if (shown) shown.running = running === 'true';
  redirectWith(response, localPath(back, '/'), { key: shown?.running ? 'demo.goes-on' : 'demo.paused' });
});
