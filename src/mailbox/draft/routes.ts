import { Router, type Request, type Response } from 'express';
import { translate } from '../../platform/language.ts';
import { receiveFiles } from '../../platform/uploads/receive.ts';
import { actorOf } from '../../web/actor.ts';
import { rateLimit } from '../../web/rateLimit.ts';
import { redirectWith, wantsJson } from '../../web/respond.ts';
import { timeWords } from '../../web/views/timeWords.ts';
import { countUpload } from '../../web/uploadLimit.ts';
import { now } from '../../kernel/time.ts';
import { keepFiles } from '../formFiles.ts';
import { clearDrafts, daysKept, draftsOf, saveDraft } from './draft.ts';

const draftLimit = rateLimit('letter-draft', { person: 900, address: 30_000, seconds: 3600 });

/** Keeping and clearing a letter that was begun; the page's script saves here while somebody types. */
export const draftRoutes = Router();

draftRoutes.post(
  '/letters/new/draft',
  receiveFiles({ field: 'files', filesMax: 20, count: countUpload }),
  async (request, response) => {
    const actor = actorOf(request);
    await draftLimit.count(request);
    if (request.is('multipart/form-data')) await keepFiles(request, actor);
    const savedAt = (await saveDraft(actor, request.body)) && now();
    if (wantsJson(request)) return void response.json({ savedAt });
    const told = savedAt
      ? { key: 'mailbox-draft.saved', params: { days: daysKept() } }
      : { key: 'mailbox-draft.nothing' };
    redirectWith(response, '/letters/new', told);
  },
);

draftRoutes.post(
  '/letters/new/clear',
  receiveFiles({ field: 'files', filesMax: 20, keep: false }),
  async (request: Request, response: Response) => {
    const { draft } = request.body as Record<string, unknown>;
    await clearDrafts(actorOf(request), typeof draft === 'string' && draft !== '' ? draft : undefined);
    redirectWith(response, '/letters/new', { key: 'mailbox-draft.cleared' });
  },
);

/** The notices above the first step: there are letters, from when; not what is in them, for others may look on. */
export async function keptNotices(request: Request) {
  const actor = actorOf(request);
  const kept = await draftsOf(actor).catch(() => []);
  const say = (key: string, params: Readonly<Record<string, unknown>> = {}) => translate(actor.language, key, params);
  return kept.map(({ id, draft, savedAt, expiresAt }) => ({
    id,
    text: say('mailbox-draft.kept', { when: timeWords(savedAt, now(), actor.language, say) }),
    until: expiresAt,
    href: `/letters/new?step=${draft.step}&draft=${id}`,
  }));
}
