import { type Request, type Response, Router } from 'express';
import { config } from '../config.ts';
import type { Refusal } from '../kernel/errors.ts';
import { changePreference, preferenceOf, preferenceView } from '../notification/index.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { rememberDevice } from '../web/device.ts';
import { errorsOf, formAction, typedIn } from '../web/form.ts';
import { rateLimit } from '../web/rateLimit.ts';
import { mineOf } from '../web/mine.ts';
import { localPath, redirectWith } from '../web/respond.ts';
import { changeNickname } from './actions/changeNickname.ts';
import { confirmCode } from './actions/confirmCode.ts';
import { deleteCitizen } from './actions/deleteCitizen.ts';
import { requestCode } from './actions/requestCode.ts';
import { ownProfile } from './citizens.ts';
import { citizenAt, rememberKnown, requesterOf } from './requester.ts';
import { sentCode } from './sentCode.ts';
import { beginSession, leaveSession } from './session.ts';
import { codeMinutes } from './settings.ts';

const nicknameLimit = rateLimit('nickname', { person: 20, address: 600, seconds: 3600 });

/** Doors for the public: proving an address by a code, one's own account. */
export const routes = Router();

const say = (request: Request, key: string) => translate(actorOf(request).language, key);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function showSignIn(request: Request, response: Response, refusal?: Refusal): void {
  response.render('identity/sign-in', {
    title: say(request, 'identity.sign-in.title'),
    values: { address: typedIn(request).address ?? '' },
    next: localPath(typedIn(request).next ?? request.query.next, ''),
    errors: errorsOf(refusal),
    demo: config.mode === 'demo',
  });
}

async function showCode(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const attemptId = typedIn(request).attemptId ?? textOf(request.query.attempt);
  const next = localPath(typedIn(request).next ?? request.query.next, '');
  response.set('Cache-Control', 'no-store').render('identity/code', {
    title: say(request, 'identity.code.title'),
    attemptId,
    next,
    sent: await sentCode(attemptId, requesterOf(request)),
    change: `/sign-in${next ? `?${new URLSearchParams({ next })}` : ''}`,
    minutes: codeMinutes.value(),
    over: refusal?.status === 409,
    errors: errorsOf(refusal),
    demo: config.mode === 'demo',
  });
}

routes.get('/sign-in', (request, response) => {
  const { kind } = actorOf(request);
  if (kind === 'citizen') return response.redirect(303, localPath(request.query.next, '/account'));
  showSignIn(request, response);
});

routes.post(
  '/sign-in',
  formAction(async (request, response) => {
    const { attemptId } = await requestCode(actorOf(request), request.body, requesterOf(request));
    const next = localPath(typedIn(request).next, '');
    redirectWith(response, `/sign-in/code?${new URLSearchParams({ attempt: attemptId, ...(next ? { next } : {}) })}`);
  }, showSignIn),
);

routes.get('/sign-in/code', async (request, response) => {
  if (!textOf(request.query.attempt)) return response.redirect(303, '/sign-in');
  await showCode(request, response);
});

routes.post(
  '/sign-in/code',
  formAction(async (request, response) => {
    const { citizenId, addressPrint } = await confirmCode(actorOf(request), request.body);
    await beginSession(request, { kind: 'citizen', id: citizenId });
    rememberKnown(request, response, citizenAt(addressPrint));
    redirectWith(response, localPath(typedIn(request).next, '/account'), { key: 'identity.told.signed-in' });
  }, showCode),
);

routes.post('/sign-out', async (request, response) => {
  const { kind } = actorOf(request);
  await leaveSession(request, response);
  redirectWith(response, kind === 'staff' ? '/office/sign-in' : '/', { key: 'identity.told.signed-out' });
});

async function showAccount(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  if (actor.kind === 'staff') return response.redirect(303, '/office/account');
  const typed = typedIn(request);
  const profile = actor.kind === 'citizen' ? await ownProfile(actor.id) : null;
  const preference = profile && preferenceView(await preferenceOf(actor.id), actor.language);
  response.render('identity/account', {
    title: say(request, 'identity.account.title'),
    profile,
    preference,
    mine: await mineOf(request),
    values: { nickname: typed.nickname ?? profile?.nickname ?? request.device.nickname ?? '' },
    errors: errorsOf(refusal),
  });
}

routes.get('/account', (request, response) => showAccount(request, response));

routes.post(
  '/account/nickname',
  formAction(async (request, response) => {
    await nicknameLimit.count(request);
    const { nickname } = await changeNickname(actorOf(request), request.body);
    if (actorOf(request).kind === 'guest') rememberDevice(response, { ...request.device, nickname });
    redirectWith(response, '/account', { key: 'identity.told.nickname', params: { nickname } });
  }, showAccount),
);

routes.post(
  '/account/notices',
  formAction(async (request, response) => {
    await changePreference(actorOf(request), request.body);
    redirectWith(response, '/account', { key: 'notification.preference.saved' });
  }, showAccount),
);

routes.post(
  '/account/delete',
  formAction(async (request, response) => {
    await deleteCitizen(actorOf(request), request.body);
    await leaveSession(request, response);
    redirectWith(response, '/', { key: 'identity.told.deleted' });
  }, showAccount),
);
