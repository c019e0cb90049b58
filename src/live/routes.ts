import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { Actor } from '../kernel/actor.ts';
import { notFound } from '../kernel/errors.ts';
import { parse } from '../kernel/parse.ts';
import { admit, isOpenToAll } from './admit.ts';
import { countPoller } from './countPoller.ts';
import { roomDefinition, type Audience } from './room.ts';
import { deltaSince } from './roomView.ts';

const place = z.object({ kind: z.string().max(40), id: z.string().max(40), audience: z.string().max(20) });
const question = z.object({ since: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0) });
const deed = z.object({ name: z.string().max(80), input: z.unknown() });

type Actions = Readonly<Record<string, (actor: Actor, input: unknown) => Promise<unknown>>>;

const openAddress = /^\/live\/([\w-]{1,40})\/([\w-]{1,40})\/([\w-]{1,20})\/delta\?since=(\d{1,15})$/;

/**
 * The short way to what everybody may read and what is the same for all: it needs no session, no cookie and no file.
 * A crowd that comes back takes it, thousands within a second. Whatever is not that simple goes the long way.
 */
export const openDeltas: RequestHandler = async (request, response, next) => {
  const [, kind = '', id = '', audience = '', since = ''] = openAddress.exec(request.url) ?? [];
  const known = roomDefinition(kind)?.open?.find((name) => name === audience);
  if (request.method !== 'GET' || !known || !(await isOpenToAll(kind, id, known).catch(() => false))) return next();
  response.setHeader('x-content-type-options', 'nosniff');
  await sendDelta(request, response, { kind, id, audience: known, since: Number(since), shared: true }).catch(() =>
    next(),
  );
};

/**
 * The doors for pages whose sockets are blocked, and for everybody who comes back: what changed since, one's own rows,
 * and actions. `actions` are the ones sockets may call.
 */
export function liveRoutes(actorOf: (request: Request) => Actor, actions: Actions): Router {
  const router = Router();

  router.get('/live/:kind/:id/:audience/delta', async (request, response) => {
    const { kind, id, audience } = parse(place, request.params);
    const { since } = parse(question, request.query);
    const actor = actorOf(request);
    const known = await admit(actor, kind, id, audience);
    const shared = await isOpenToAll(kind, id, known);
    await sendDelta(request, response, { kind, id, audience: known, since, shared });
    if (request.query['poll'] !== undefined) countPoller(kind, id, actor, known);
  });

  router.get('/live/:kind/:id/:audience/personal', async (request, response) => {
    const { kind, id, audience } = parse(place, request.params);
    const actor = actorOf(request);
    await admit(actor, kind, id, audience);
    response.set('cache-control', 'private, no-store');
    response.json({ rows: (await roomDefinition(kind)?.personal?.(actor, id)) ?? [] });
  });

  router.post('/live/act', async (request, response) => {
    const { name, input } = parse(deed, request.body);
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) throw notFound();
    response.set('cache-control', 'private, no-store');
    response.json({ ok: true, value: (await action(actorOf(request), input)) ?? null });
  });

  return router;
}

/** What is asked for; `shared`: everybody gets the same. */
interface Wanted {
  kind: string;
  id: string;
  audience: Audience;
  since: number;
  shared: boolean;
}

async function sendDelta(
  request: Request,
  response: Response,
  { kind, id, audience, since, shared }: Wanted,
): Promise<void> {
  const answer = await deltaSince(kind, id, audience, since);
  const { encoding, body } = await answer.in(String(request.headers['accept-encoding'] ?? ''));
  response.statusCode = 200;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', shared ? 'public, max-age=0, s-maxage=1' : 'private, no-store');
  if (shared) response.removeHeader('set-cookie'); // what everybody gets carries nobody's cookie
  response.setHeader('vary', 'accept-encoding');
  response.setHeader('content-length', body.length);
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.end(body);
}
