import express, { Router, type Request, type RequestHandler } from 'express';
import { asLanguage, defaultLanguage } from '../kernel/language.ts';
import type { Guest } from '../kernel/actor.ts';
import { newId } from '../kernel/id.ts';
import { conflict, forbidden, invalid, Refusal } from '../kernel/errors.ts';
import { rateLetter } from './actions/rateLetter.ts';
import { submitLetter } from './actions/submitLetter.ts';
import { withdrawLetter } from './actions/withdrawLetter.ts';
import { isProven, newChallenge } from '../moderation/index.ts';
import { countingMisses, proofOfLetter, provenLetters, similarLimit } from './limits.ts';
import { publicLetter, publicLetters, similarPublic } from './publicQueries.ts';
import { publicTopics } from './publicTopics.ts';
import { trackedLetter } from './trackedLetter.ts';
import { letterOfWriter } from './writerAccess.ts';

/** Reading is open to everybody; it needs no cookie and no session. */
export const letterApi = Router();

letterApi.get('/letters', async (request, response) => {
  const { letters, next, complete } = await publicLetters(request.query);
  response.json({ letters, next, complete });
});

letterApi.get('/letters/topics', async (_request, response) => {
  response.json({ topics: await publicTopics() });
});

letterApi.get('/letters/similar', similarLimit.middleware, async (request, response) => {
  const text = request.query['text'];
  response.json({ letters: typeof text === 'string' ? await similarPublic(text.slice(0, 6000)) : [] });
});

letterApi.get('/letters/challenge', async (_request, response) => {
  response.set('Cache-Control', 'no-store').json(await newChallenge(proofOfLetter));
});

letterApi.get('/letters/:number', async (request, response) => {
  response.json({ letter: await publicLetter(request.params.number) });
});

/**
 * Programs write and follow letters here. No cookie is read, so no other site can act in a reader's name and no form
 * token is needed; a proof of work stands in its place. Mounted before sessions.
 */
export const letterHooks = Router();

/** A program is a visitor of this one request. */
function visitorOf(request: Request): Guest {
  const language = asLanguage(request.query['lang']) ?? defaultLanguage;
  return { kind: 'guest', id: newId(16), nickname: null, language, requestId: request.requestId };
}

/** Whose letter a used form was is nobody else's business. */
function withoutNumber(error: unknown): never {
  if (error instanceof Refusal && error.code === 'form-used') throw conflict('mailbox.errors.form-used-by-program');
  throw error;
}

const json: RequestHandler[] = [
  express.json({ limit: '256kb' }),
  (request, _response, next) => {
    const body: unknown = request.body;
    if (typeof body !== 'object' || body === null) throw invalid({ '': { key: 'errors.invalid-value' } });
    next();
  },
];

letterHooks.post('/api/v1/letters', ...json, async (request, response) => {
  const body = request.body as Record<string, unknown>;
  if (!(await isProven(body['altcha'], proofOfLetter))) throw forbidden('mailbox.errors.no-proof');
  await provenLetters.consume(undefined, request.ip);
  const form = { ...body, attachments: [], channel: 'web', formKey: body['formKey'] ?? newId(24) };
  // Without a cookie nobody knows whose form it is: only who brings the same content hears of it
  const { number, code } = await submitLetter(visitorOf(request), form, 'program').catch(withoutNumber);
  response.status(201).json({ number, code });
});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

letterHooks.post('/api/v1/letters/track', ...json, async (request, response) => {
  const { number, code } = request.body as Record<string, unknown>;
  const open = () => letterOfWriter(visitorOf(request), text(number), text(code));
  const letter = await countingMisses(request, text(number), open);
  response.set('Cache-Control', 'no-store').json({ letter: trackedLetter(letter) });
});

/** One act of the writer. A code is tried here as well, so a wrong one counts as a miss; what is tried first says nothing more. */
function writersAct(path: string, act: typeof rateLetter): void {
  letterHooks.post(`/api/v1/letters/:number/${path}`, ...json, async (request, response) => {
    const body = request.body as Record<string, unknown>;
    const number = text(request.params['number']);
    const open = () => act(visitorOf(request), { ...body, number, code: text(body['code']) });
    const letter = await countingMisses(request, number, open);
    response.set('Cache-Control', 'no-store').json({ letter: trackedLetter(letter) });
  });
}
writersAct('rating', (actor, input) => {
  const { solved } = input as { solved?: unknown };
  return rateLetter(actor, { ...(input as object), solved: solved === true ? 'yes' : solved === false ? 'no' : '' });
});
writersAct('withdrawal', withdrawLetter);
