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

/** The interview whose audience is simulated, or undefined. */
const liveNow = (): string | undefined => shown?.staged.id;

/** Pauses the simulated audience and lets it go on. */
export const demoPages: Router = Router();

demoPages.use(crowdDoor(liveNow));

demoPages.use((_request, response, next) => {
  response.locals['audience'] = shown && { running: shown.running, interviewId: shown.staged.id };
  response.locals['telling'] = telling;
  next();
});

demoPages.post('/demo/audience', (request, response) => {
  const { running, back } = request.body as Record<string, unknown>;
  if (shown) shown.running = running === 'true';
  redirectWith(response, localPath(back, '/'), { key: shown?.running ? 'demo.goes-on' : 'demo.paused' });
});
