import { Router, type Request, type Response } from 'express';
import type { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { parse } from '../kernel/parse.ts';
import { z } from 'zod';
import { translate } from '../platform/language.ts';
import { receivedFiles, receiveFiles } from '../platform/uploads/receive.ts';
import { findUpload, removeWaiting, storeFiles } from '../platform/uploads/store.ts';
import { actorOf } from '../web/actor.ts';
import { formAction } from '../web/form.ts';
import { letterFields, submitLetter } from './actions/submitLetter.ts';
import { filesOf, refuseTooMany } from './attachments.ts';
import { newChallenge, refuseCards } from '../moderation/index.ts';
import { daysKept, draftOf, endDraft, saveDraft } from './draft/draft.ts';
import { draftRoutes, keptNotice } from './draft/routes.ts';
import { countLetter, proofOfLetter, similarLimit } from './limits.ts';
import { rememberSent, sentLetter } from './opened.ts';
import { publicRow } from './publicView.ts';
import { similarPublic } from './publicQueries.ts';
import { suggestDepartments } from './departmentSuggestion.ts';
import { fileIds, firstStep, secondStep, thirdStep, type Typed } from './writeView.ts';

/** Writing a letter 写信: three steps that carry on what was typed, so that they work without scripts. */
export const writeRoutes = Router();

const titleOf = (request: Request) => translate(actorOf(request).language, 'mailbox.write.title');

async function show(request: Request, response: Response, step: 1 | 2 | 3, typed: Typed, refusal?: Refusal) {
  const actor = actorOf(request);
  const model =
    step === 1
      ? firstStep(actor.language, typed)
      : step === 2
        ? await secondStep(actor, typed)
        : await thirdStep(actor, typed);
  response.set('Cache-Control', 'no-store').render('mailbox/new', {
    title: titleOf(request),
    staff: actor.kind === 'staff',
    ...model,
    first: step === 1,
    second: step === 2,
    third: step === 3,
    daysKept: daysKept(),
    kept: step === 1 && !refusal && Object.keys(typed).length === 0 ? await keptNotice(request) : null,
    errors: refusal?.fields ?? {},
    refusal: refusal && Object.keys(refusal.fields).length === 0 ? refusal.told : null,
  });
}

writeRoutes.use(draftRoutes);

writeRoutes.get('/letters/new', async (request, response) => {
  const { step, ...typed } = request.query;
  const kept = step === undefined ? null : await draftOf(actorOf(request));
  if (!kept) return show(request, response, 1, typed);
  const wished = step === '3' ? 3 : step === '2' ? 2 : 1;
  // No further than the letter has come: a step needs what the ones before it asked
  await show(request, response, Math.min(wished, kept.draft.step) as 1 | 2 | 3, kept.draft);
});

/** What was typed, with what is known of this letter from other steps. */
async function remembered(request: Request, step: number): Promise<Typed> {
  const typed = request.body as Typed;
  return { ...(await saveDraft(actorOf(request), { ...typed, step })), ...typed };
}

const about = () => z.object({ kind: letterFields().kind, title: letterFields().title });
writeRoutes.post(
  '/letters/new/letter',
  formAction(
    async (request, response) => {
      // Coming back from the third step everything is there already
      refuseCards({ title: parse(about(), request.body).title });
      await show(request, response, 2, await remembered(request, 2));
    },
    (request, response, refusal) => show(request, response, 1, request.body as Typed, refusal),
  ),
);

/** The files arrive before the rest is looked at, so that a mistake elsewhere does not cost them. */
async function keepFiles(request: Request): Promise<void> {
  const body = request.body as Record<string, unknown>;
  const removed = fileIds({ attachments: body['remove'] });
  const kept = fileIds(body).filter((id) => !removed.includes(id));
  const received = receivedFiles(request).filter(({ size, name }) => size > 0 || name !== '');
  refuseTooMany(kept.length + received.length);
  const stored = await storeFiles(received, filesOf(actorOf(request)));
  await removeWaiting(removed, actorOf(request).id);
  body['attachments'] = [...kept, ...stored.map(({ _id }) => _id)];
}

writeRoutes.post(
  '/letters/new/contact',
  receiveFiles({ field: 'files', filesMax: 20 }),
  formAction(
    async (request, response) => {
      await keepFiles(request);
      const { title, body } = parse(z.object(letterFields()), request.body);
      refuseCards({ title, body });
      await show(request, response, 3, await remembered(request, 3));
    },
    (request, response, refusal) => show(request, response, 2, request.body as Typed, refusal),
  ),
);

/** What was changed after sending can go as a letter of its own; the files went with the first one. */
async function asAnotherLetter(request: Request): Promise<void> {
  const body = request.body as Record<string, unknown>;
  const files = await Promise.all(fileIds(body).map(findUpload));
  const waiting = files.filter((file) => file && !file.attachedTo && file.ownerId === actorOf(request).id);
  Object.assign(body, { formKey: newId(24), attachments: waiting.map((file) => file?._id) });
}

writeRoutes.post(
  '/letters/new/send',
  formAction(
    async (request, response) => {
      await countLetter(request);
      const body = request.body as Record<string, unknown>;
      const { number, code } = await submitLetter(actorOf(request), { ...body, channel: 'web' });
      await endDraft(actorOf(request), body['formKey']);
      rememberSent(response, { number, code, title: String(body['title']), email: String(body['email'] ?? '') });
      response.redirect(303, '/letters/sent');
    },
    async (request, response, refusal) => {
      const { fields } = refusal;
      if (refusal.code === 'form-used') await asAnotherLetter(request);
      const step = 'kind' in fields || 'title' in fields ? 1 : 'body' in fields || 'files' in fields ? 2 : 3;
      return show(request, response, step, request.body as Typed, refusal);
    },
  ),
);

writeRoutes.get('/letters/sent', (request, response) => {
  const sent = sentLetter(request);
  if (!sent) return response.redirect(303, '/letters/track');
  const code = sent.code.replace(/(.{5})/, '$1 ');
  const title = translate(actorOf(request).language, 'mailbox.sent.title');
  response.set('Cache-Control', 'no-store').render('mailbox/sent', { ...sent, title, code });
});

writeRoutes.get('/letters/challenge', async (_request, response) => {
  response.set('Cache-Control', 'no-store').json(await newChallenge(proofOfLetter));
});

const typedText = z.object({ text: z.string().max(6000).default(''), title: z.string().max(400).default('') });
writeRoutes.get('/letters/similar', similarLimit.middleware, async (request, response) => {
  const { text, title } = parse(typedText, request.query);
  const [similar, departments] = await Promise.all([
    similarPublic(`${title}\n${text}`),
    suggestDepartments({ title, text: text || title }, 3),
  ]);
  const rows = similar.map((letter) => publicRow(letter, actorOf(request).language));
  response.json({ similar: rows, departments });
});
