import express, { type RequestHandler } from 'express';
import { invalid } from '../kernel/errors.ts';

const limit = '256kb';

function hasOperator(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.startsWith('$') || hasOperator(inner));
}

const refuseOperators: RequestHandler = (request, _response, next) => {
  if (hasOperator(request.body)) throw invalid({ '': { key: 'errors.invalid-value' } });
  request.body ??= {};
  next();
};

/** Reads forms and JSON up to 256 kB; a body that smells of database operators is refused. */
export const bodies: readonly RequestHandler[] = [
  express.json({ limit }),
  express.urlencoded({ limit, extended: false, parameterLimit: 500 }),
  refuseOperators,
];
