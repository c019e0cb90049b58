import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import { config } from '../config.ts';
import { databaseReady } from '../platform/database/connection.ts';
import { metricsText } from '../platform/metrics.ts';

let ending = false;

/** From now on /readyz says no, so that a balancer sends nobody here while the program finishes. */
export function announceEnd(): void {
  ending = true;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** The measures are for the operator: with METRICS_TOKEN its bearer, otherwise this machine without a proxy between. */
function mayMeasure(request: Request): boolean {
  const given = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1];
  if (config.metricsToken) return given !== undefined && timingSafeEqual(digest(given), digest(config.metricsToken));
  const from = request.socket.remoteAddress ?? '';
  const forwarded = request.get('x-forwarded-for') ?? request.get('forwarded');
  return forwarded === undefined && /^(::1|(::ffff:)?127\.)/.test(from);
}

/** /healthz: the process lives · /readyz: it can serve people now · /metrics: what it measures. For machines only. */
export const health: Router = Router();

health.get('/healthz', (_request, response) => {
  response.set('Cache-Control', 'no-store').json({ status: 'ok' });
});

health.get('/readyz', (_request, response) => {
  const database = databaseReady();
  const ready = database && !ending;
  response
    .set('Cache-Control', 'no-store')
    .status(ready ? 200 : 503)
    .json({ status: ready ? 'ok' : ending ? 'ending' : 'waiting', database });
});

health.get('/metrics', async (request, response, next) => {
  if (!mayMeasure(request)) return next(); // looks as if there were nothing
  const { type, text } = await metricsText();
  response.set('Cache-Control', 'no-store').type(type).send(text);
});
