import type { Request } from 'express';

/**
 * What may be shown again on an error page: texts that somebody thought about and would have to write again. Nothing
 * else that a form carries, so that no password, code or hidden field ever comes back in clear.
 */
const shownAgain = ['title', 'topic', 'summary', 'background', 'question', 'body', 'text', 'reply', 'reason', 'note'];
const alsoShown = ['remark', 'remarks', 'comment', 'opinion', 'words', 'description'];
const mayShow = new Set([...shownAgain, ...alsoShown]);

/** What the person typed into a form that could not be taken, so that they can copy it. */
export function typedAgain(request: Request): string[] {
  if (request.method === 'GET' || typeof request.body !== 'object' || request.body === null) return [];
  return Object.entries(request.body as Record<string, unknown>)
    .filter(([name]) => mayShow.has(name))
    .flatMap(([, value]) => (typeof value === 'string' && value.trim().length > 3 ? [value] : []));
}
