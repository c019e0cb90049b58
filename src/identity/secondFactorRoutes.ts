import { type Request, type Response, Router } from 'express';
import type { Refusal } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction } from '../web/form.ts';
import { localPath, redirectWith } from '../web/respond.ts';
import { requireAccount } from './accountModel.ts';
import { renewRecoveryCodes } from './actions/renewRecoveryCodes.ts';
import { setUpSecondFactor } from './actions/setUpSecondFactor.ts';
import { turnOffSecondFactor } from './actions/turnOffSecondFactor.ts';
import { acceptedSecret, keepCodesToShow, offer, takeCodesToShow } from './secondFactorOffer.ts';
import { secondFactorRequired } from './secondFactorRules.ts';

/** One's own second factor, below /office/account/second-factor. */
export const secondFactorRoutes = Router();

const here = '/office/account/second-factor';

async function show(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const { id, language } = actorOf(request);
  const account = await requireAccount(id);
  const factor = account.secondFactor;
  response.set('Cache-Control', 'no-store').render(`identity/staff/second-factor${factor ? '' : '-set-up'}`, {
    layout: 'office',
    title: translate(language, factor ? 'second-factor.title' : 'second-factor.set-up.title'),
    offer: factor ? null : await offer(request, account),
    setUpAt: factor?.setUpAt,
    left: factor?.recovery.length,
    few: factor ? factor.recovery.length < 4 : false,
    demanded: secondFactorRequired(account),
    errors: errorsOf(refusal),
  });
}

secondFactorRoutes.get('/', (request, response) => show(request, response));

secondFactorRoutes.post(
  '/',
  formAction(async (request, response) => {
    const actor = actorOf(request);
    const secret = acceptedSecret(request, actor.id);
    keepCodesToShow(request, actor.id, await setUpSecondFactor(actor, secret, request.body, request.sessionID));
    redirectWith(response, `${here}/codes`);
  }, show),
);

secondFactorRoutes.post(
  '/renew',
  formAction(async (request, response) => {
    const actor = actorOf(request);
    keepCodesToShow(request, actor.id, await renewRecoveryCodes(actor, request.body));
    redirectWith(response, `${here}/codes`);
  }, show),
);

secondFactorRoutes.post(
  '/turn-off',
  formAction(async (request, response) => {
    await turnOffSecondFactor(actorOf(request), request.body);
    redirectWith(response, '/office/account', { key: 'second-factor.told.turned-off' });
  }, show),
);

secondFactorRoutes.get('/codes', (request, response) => {
  const { id, language } = actorOf(request);
  const codes = takeCodesToShow(request, id);
  if (codes.length === 0) return response.redirect(303, here);
  response.set('Cache-Control', 'no-store').render('identity/staff/recovery-codes', {
    layout: 'office',
    title: translate(language, 'second-factor.codes.title'),
    codes,
    next: localPath(request.query.next, '/office'),
  });
});
