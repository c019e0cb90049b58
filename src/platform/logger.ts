import pino from 'pino';
import { config } from '../config.ts';

/** What a line may carry. Nothing here can name a person or repeat what somebody typed; anything else is left out. */
const allowed = new Set(
  'error requestId method route status ms event job attempt count kind room code port pid role state name signal depth'.split(
    ' ',
  ),
);

/**
 * What is known of an error without what somebody typed: its name, its code and where it happened.
 * Messages of the database quote values, so no message is taken, except of errors that the program itself wrote
 * for the operator.
 */
export function describeError(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, stack } = error;
  const frames = (stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const code = (error as { code?: unknown }).code;
  return {
    name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(operatorErrors.has(name) && { message: error.message }),
    stack: frames.slice(0, 12).map((line) => line.trim()),
  };
}
const operatorErrors = new Set(['StartFailure', 'TypeError', 'ReferenceError', 'RangeError', 'AssertionError']);

/** Keeps what is allowed and names, but does not show, what was left out. */
export function onlyAllowed(line: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const leftOut: string[] = [];
  for (const [key, value] of Object.entries(line)) {
    if (key === 'error' || key === 'err') kept['error'] = describeError(value);
    else if (allowed.has(key) && (typeof value !== 'object' || value === null)) kept[key] = value;
    else leftOut.push(key);
  }
  if (leftOut.length > 0) kept['leftOut'] = leftOut;
  return kept;
}

/** JSON lines on standard output. Give identifiers, never what a person typed. */
export const logger = pino({
  level: config.logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: describeError, error: (described: unknown) => described },
  formatters: { level: (label) => ({ level: label }), log: onlyAllowed },
});
