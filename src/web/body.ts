import express, { type RequestHandler } from 'express';
import { invalid } from '../kernel/errors.ts';

const limit = '256kb';

/** Objects within objects; nothing that is sent here has more than a few. */
const deepest = 20;

/** True for a name that begins with a dollar anywhere in it, and for what is too deep to be looked through. */
function isSuspicious(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === deepest) return true;
  return Object.entries(value).some(([key, inner]) => key.startsWith('$') || isSuspicious(inner, depth + 1));
}

const refuseOperators: RequestHandler = (request, _response, next) => {
  if (isSuspicious(request.body)) throw invalid({ '': { key: 'errors.invalid-value' } });
  request.body ??= {};
  next();
};

/** Reads forms and JSON up to 256 kB; a body that smells of database operators, or has no bottom, is refused. */
export const bodies: readonly RequestHandler[] = [
  express.json({ limit }),
  express.urlencoded({ limit, extended: false, parameterLimit: 500 }),
  refuseOperators,
];
