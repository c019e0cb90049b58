import type { RequestHandler } from 'express';
import { logger } from '../platform/logger.ts';

/** One line a request: route, status, time. No address, no query, nothing that names a person. */
export const requestLog: RequestHandler = (request, response, next) => {
  const begun = performance.now();
  response.set('X-Request-Id', request.requestId);
  response.on('finish', () => {
    const route = (request.route as { path?: unknown } | undefined)?.path;
    logger.info({
      requestId: request.requestId,
      method: request.method,
      route: typeof route === 'string' ? request.baseUrl + route : undefined,
      status: response.statusCode,
      ms: Math.round(performance.now() - begun),
    });
  });
  next();
};
