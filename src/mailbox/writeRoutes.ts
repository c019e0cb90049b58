import { Router, type Request, type Response } from 'express';
import type { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/id.ts';
import { parse, together } from '../kernel/parse.ts';
import { z } from 'zod';
import { translate } from '../platform/language.ts';
import { findUpload } from '../platform/uploads/store.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction } from '../web/form.ts';
import { fileForm } from '../web/formFiles.ts';
import { countUpload } from '../web/uploadLimit.ts';
import { letterFields, submitLetter } from './actions/submitLetter.ts';
import { newChallenge, refuseCards } from '../moderation/index.ts';
import { daysKept, draftIdOf, draftOf, draftsOf, endDraft, saveDraft } from './draft/draft.ts';
import { draftRoutes, keptNotices } from './draft/routes.ts';
import { fileIds, keepFiles } from './formFiles.ts';
import { letterById } from './letterModel.ts';
import { countLetter, countStep, proofOfLetter, similarLimit } from './limits.ts';
import { rememberSent, sentLetter } from './opened.ts';
import { publicRow } from './publicView.ts';
import { similarPublic } from './publicQueries.ts';
import { sentPage } from './sentView.ts';
import { suggestDepartments } from './departmentSuggestion.ts';
import { firstStep, secondStep, thirdStep, type Typed } from './writeView.ts';

/** Writing a letter 写信: three steps that carry on what was typed, so that they work without scripts. */
export const writeRoutes = Router();

const titleOf = (request: Request) => translate(actorOf(request).language, 'mailbox.write.title');

const steps = { 1: firstStep, 2: secondStep, 3: thirdStep } as const;

async function show(request: Request, response: Response, step: 1 | 2 | 3, typed: Typed, refusal?: Refusal) {
  const actor = actorOf(request);
  const model = await steps[step](actor, typed);
  const draft = draftIdOf(actor.id, model.values.formKey);
  // The page may be the answer to a form: the language is switched at an address that can be opened
  if (request.method !== 'GET') response.locals['currentUrl'] = `/letters/new?step=${step}&draft=${draft}`;
  response.set('Cache-Control', 'no-store').render('mailbox/new', {
    title: titleOf(request),
    staff: actor.kind === 'staff',
    ...model,
    draft,
    first: step === 1,
    second: step === 2,
    third: step === 3,
    daysKept: daysKept(),
    kept: step === 1 && !refusal && Object.keys(typed).length === 0 ? await keptNotices(request) : [],
    errors: errorsOf(refusal),
  });
}

writeRoutes.use(draftRoutes);

writeRoutes.get('/letters/new', async (request, response) => {
  const { step, draft, formKey: _ours, ...typed } = request.query;
  const actor = actorOf(request);
  if (step === undefined) return show(request, response, 1, typed);
  const kept = typeof draft === 'string' ? await draftOf(actor, draft) : (await draftsOf(actor))[0];
  if (!kept) return show(request, response, 1, {});
  const wished = step === '3' ? 3 : step === '2' ? 2 : 1;
  // No further than the letter has come: a step needs what the ones before it asked
  await show(request, response, Math.min(wished, kept.draft.step) as 1 | 2 | 3, kept.draft);
});

// Somebody loads the answer to a form again, or comes back to it
writeRoutes.get(
  ['letter', 'contact', 'adopt', 'send', 'draft', 'clear'].map((name) => `/letters/new/${name}`),
  (_request, response) => response.redirect(303, '/letters/new'),
);

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
      await countStep(request);
      // Coming back from the third step everything is there already
      refuseCards({ title: parse(about(), request.body).title });
      await show(request, response, 2, await remembered(request, 2));
    },
    (request, response, refusal) => show(request, response, 1, request.body as Typed, refusal),
  ),
);

const files = { field: 'files', filesMax: 20, count: countUpload };

async function checkLetter(input: unknown): Promise<void> {
  const { title, body } = parse(z.object(letterFields()), input);
  refuseCards({ title, body });
}

writeRoutes.post(
  '/letters/new/contact',
  fileForm(
    files,
    async (request, response, fault) => {
      await countStep(request);
      await together([() => keepFiles(request, actorOf(request), fault), () => checkLetter(request.body)]);
      await show(request, response, 3, await remembered(request, 3));
    },
    (request, response, refusal) => show(request, response, 2, request.body as Typed, refusal),
  ),
);

/** The proposed department is taken by whoever wants it; nothing is chosen for anybody. */
writeRoutes.post(
  '/letters/new/adopt',
  fileForm(
    files,
    async (request, response, fault) => {
      const body = request.body as Record<string, unknown>;
      body['wishedDepartmentId'] = body['adopt'];
      await keepFiles(request, actorOf(request), fault);
      await show(request, response, 2, await remembered(request, 2));
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
      // In the form the question is asked: no answer is none, and not a no
      const consent = { mayPublish: body['mayPublish'] ?? '' };
      const { letterId, number, code } = await submitLetter(actorOf(request), { ...body, ...consent, channel: 'web' });
      await endDraft(actorOf(request), body['formKey']);
      rememberSent(response, { letterId, number, code });
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

writeRoutes.get('/letters/sent', async (request, response) => {
  const sent = sentLetter(request);
  const letter = sent && (await letterById(sent.letterId));
  if (!sent || !letter) return response.redirect(303, '/letters/track');
  const { language } = actorOf(request);
  const title = translate(language, 'mailbox.sent.title');
  response
    .set('Cache-Control', 'no-store')
    .render('mailbox/sent', { title, ...(await sentPage(letter, sent.code, language)) });
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
