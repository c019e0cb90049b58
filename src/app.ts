import express, { type Express } from 'express';
import { config } from './config.ts';
import { features } from './features.ts';
import { identify } from './identity/index.ts';
import { videoSources } from './interview/index.ts';
import { newId } from './kernel/id.ts';
import { liveRoutes, openDeltas } from './live/index.ts';
import { socketActions } from './realtime.ts';
import { actorOf, actors, identifyWith, requireStaff } from './web/actor.ts';
import { apiPage } from './web/apiPage.ts';
import { bodies } from './web/body.ts';
import { readCookies } from './web/cookies.ts';
import { csrfProtection } from './web/csrf.ts';
import { errorHandler, nothingHere } from './web/errorHandler.ts';
import { health } from './web/health.ts';
import { pageLocals } from './web/locals.ts';
import { leadBack } from './web/leadBack.ts';
import { openApi } from './web/openapi.ts';
import { preferences } from './web/preferences.ts';
import { requestLog } from './web/requestLog.ts';
import { notKept, securityHeaders } from './web/security.ts';
import { sessions } from './web/session.ts';
import { staticFiles } from './web/staticFiles.ts';
import { styleguide } from './web/styleguide.ts';
import { registerViews } from './web/views/engine.ts';

/** Assembles the whole web application; never listens. */
export function createApp(): Express {
  const app = express();
  identifyWith(identify);
  app.disable('x-powered-by');
  app.set('env', 'production'); // no stack trace ever reaches a page, whatever NODE_ENV says
  app.set('trust proxy', config.trustProxy);
  registerViews(app);

  app.use(openDeltas);
  app.use((request, _response, next) => {
    request.requestId = newId();
    request.cookies = readCookies(request);
    next();
  });
  app.use(health);
  app.use(requestLog, securityHeaders(videoSources));
  app.use(staticFiles);
  app.use(['/office', '/account'], notKept);
  for (const { hooks } of features) if (hooks) app.use(hooks);
  app.use(sessions(), actors(), ...bodies);
  app.locals['mine'] = features.flatMap(({ mine }) => mine ?? []);
  app.use(pageLocals(features.flatMap((feature) => feature.navigation ?? [])));
  app.use(csrfProtection);
  app.use(preferences);

  app.use(liveRoutes(actorOf, socketActions(features)));
  app.use('/api/v1', openApi);
  app.use(apiPage);
  for (const { api } of features) if (api) app.use('/api/v1', api);
  for (const { pages } of features) if (pages) app.use(pages);
  app.use('/office', requireStaff, styleguide);
  for (const { office } of features) if (office) app.use('/office', office);

  app.use(leadBack(app));
  app.use(nothingHere);
  app.use(errorHandler);
  return app;
}
