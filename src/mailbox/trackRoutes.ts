import { Router, type Request, type Response } from 'express';
import { notFound, Refusal } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { findUpload } from '../platform/uploads/store.ts';
import { sendUpload } from '../platform/uploads/send.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction } from '../web/form.ts';
import { fileForm } from '../web/formFiles.ts';
import { redirectWith } from '../web/respond.ts';
import { countUpload } from '../web/uploadLimit.ts';
import { changeContact } from './actions/changeContact.ts';
import { rateLetter } from './actions/rateLetter.ts';
import { requestRehandling } from './actions/requestRehandling.ts';
import { supplementLetter } from './actions/supplementLetter.ts';
import { withdrawLetter } from './actions/withdrawLetter.ts';
import { filesField, keepFiles } from './formFiles.ts';
import { countingMisses } from './limits.ts';
import { passOf, rememberOpened } from './opened.ts';
import { ownLetters } from './ownLetters.ts';
import { trackPage } from './trackView.ts';
import { fileOwner } from './namedFiles.ts';
import { letterOfWriter } from './writerAccess.ts';

/** Following a letter 查询: number and code open it for an hour in this browser. */
export const trackRoutes = Router();

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

async function askNumber(request: Request, response: Response, typed: Record<string, unknown>, refusal?: Refusal) {
  const actor = actorOf(request);
  response.set('Cache-Control', 'no-store').render('mailbox/track', {
    title: translate(actor.language, 'mailbox.track.title'),
    values: { number: text(typed['number']) },
    own: await ownLetters(actor),
    refusal: refusal?.told ?? null,
  });
}

trackRoutes.get('/letters/track', (request, response) => askNumber(request, response, request.query));

trackRoutes.post('/letters/track', async (request, response) => {
  const { number, code } = request.body as Record<string, unknown>;
  try {
    const open = () => letterOfWriter(actorOf(request), text(number), text(code));
    const letter = await countingMisses(request, text(number), open);
    rememberOpened(request, response, letter);
    response.redirect(303, `/letters/track/${letter.number}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    response.status(error.status);
    if (error.retryAfter !== undefined) response.set('Retry-After', String(error.retryAfter));
    await askNumber(request, response, request.body as Record<string, unknown>, error);
  }
});

async function show(request: Request, response: Response, more: { refusal?: Refusal; values?: object } = {}) {
  const [actor, number] = [actorOf(request), text(request.params['number'])];
  const letter = await letterOfWriter(actor, number, passOf(request, number));
  response.set('Cache-Control', 'no-store').render('mailbox/letter', {
    title: letter.title,
    ...(await trackPage(actor, letter)),
    values: more.values ?? {},
    supplementFiles: await filesField(actor, { ...more.values }),
    errors: errorsOf(more.refusal),
  });
}

trackRoutes.get('/letters/track/:number', async (request, response) => {
  const number = text(request.params['number']);
  const pass = text(request.query['pass']);
  if (pass) {
    // The pass leaves the address, so that it is not handed on with a link or a picture of the screen
    const open = () => letterOfWriter(actorOf(request), number, pass);
    const letter = await countingMisses(request, number, open).catch(nobodyWhen404);
    if (letter) rememberOpened(request, response, letter);
    return response.redirect(
      303,
      letter ? `/letters/track/${number}` : `/letters/track?number=${encodeURIComponent(number)}`,
    );
  }
  const own = await letterOfWriter(actorOf(request), number, passOf(request, number)).catch(() => null);
  if (!own) return response.redirect(303, `/letters/track?number=${encodeURIComponent(number)}`);
  await show(request, response);
});

/** A pass that is over leads to the page that asks for number and code; anything else is told. */
function nobodyWhen404(error: unknown): null {
  if (error instanceof Refusal && error.status === 404) return null;
  throw error;
}

type Act = (actor: ReturnType<typeof actorOf>, input: unknown) => Promise<unknown>;

/** One act of the writer as a form on the letter's page. */
function writersForm(path: string, act: Act, told: string): void {
  trackRoutes.post(
    `/letters/track/:number/${path}`,
    formAction(
      async (request, response) => {
        const number = text(request.params['number']);
        const code = passOf(request, number);
        await act(actorOf(request), { ...(request.body as object), number, code });
        redirectWith(response, `/letters/track/${number}`, { key: told });
      },
      (request, response, refusal) => show(request, response, { refusal, values: request.body as object }),
    ),
  );
}

writersForm('contact', changeContact, 'notification.preference.saved');
writersForm('withdraw', withdrawLetter, 'mailbox.track.withdrawn');
writersForm('rating', rateLetter, 'mailbox.track.rated');
writersForm('rehandling', requestRehandling, 'mailbox.track.rehandling-asked');

trackRoutes.post(
  '/letters/track/:number/supplement',
  fileForm(
    { field: 'files', filesMax: 20, count: countUpload },
    async (request, response, fault) => {
      const number = text(request.params['number']);
      const actor = actorOf(request);
      const code = passOf(request, number);
      await letterOfWriter(actor, number, code);
      await keepFiles(request, actor, fault);
      await supplementLetter(actor, { ...(request.body as object), number, code });
      redirectWith(response, `/letters/track/${number}`, { key: 'mailbox.track.supplemented' });
    },
    (request, response, refusal) => show(request, response, { refusal, values: request.body as object }),
  ),
);

trackRoutes.get('/letters/track/:number/files/:id', async (request, response) => {
  const number = text(request.params['number']);
  const letter = await letterOfWriter(actorOf(request), number, passOf(request, number));
  const upload = await findUpload(text(request.params['id']));
  if (upload?.attachedTo !== fileOwner(letter._id)) throw notFound();
  await sendUpload(response, upload);
});
