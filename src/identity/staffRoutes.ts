import { type Request, type Response, Router } from 'express';
import type { Refusal } from '../kernel/errors.ts';
import { translate } from '../platform/language.ts';
import { endSessions, sessionsOf } from '../platform/sessions.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { accountRoutes } from './accountRoutes.ts';
import { accountTransferRoutes } from './accountTransfer.ts';
import { requireAccount } from './accountModel.ts';
import { changePassword } from './actions/changePassword.ts';
import { secondFactorRoutes } from './secondFactorRoutes.ts';
import { beginSession } from './session.ts';
import { passwordLengthMin } from './settings.ts';
import { startSections } from './startPage.ts';
import { accountRow } from './views.ts';

/** Doors of the office: the start page, one's own account, and for administrators everybody's. */
export const staffRoutes = Router();

staffRoutes.get('/', async (request, response) => {
  const actor = actorOf(request);
  const { id, language } = actor;
  const items = response.locals.officeNavigation as { href: string; key: string }[];
  response.render('identity/staff/start', {
    layout: 'office',
    title: translate(language, 'identity.start.title'),
    account: await accountRow(await requireAccount(id), language),
    sections: await startSections(actor),
    items: items.filter((item) => item.href !== '/office'),
  });
});

async function showOwnAccount(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const { id, language } = actorOf(request);
  const own = await sessionsOf(id, request.sessionID);
  response.render('identity/staff/account', {
    layout: 'office',
    title: translate(language, 'identity.own-account.title'),
    account: await accountRow(await requireAccount(id), language),
    sessions: own.sort(
      (a, b) => Number(b.current) - Number(a.current) || b.startedAt.getTime() - a.startedAt.getTime(),
    ),
    others: own.length - 1,
    minimum: passwordLengthMin.value(),
    errors: errorsOf(refusal),
  });
}

staffRoutes.get('/account', (request, response) => showOwnAccount(request, response));

staffRoutes.post(
  '/account/password',
  formAction(async (request, response) => {
    const { id } = actorOf(request);
    await changePassword(actorOf(request), request.body, request.sessionID);
    // A new identifier: one that was overheard before the change is worth nothing after it
    await beginSession(request, { kind: 'staff', id });
    redirectWith(response, '/office/account', { key: 'identity.told.password-changed' });
  }, showOwnAccount),
);

staffRoutes.post('/account/end-others', async (request, response) => {
  await endSessions(actorOf(request).id, request.sessionID);
  redirectWith(response, '/office/account', { key: 'identity.told.others-ended' });
});

staffRoutes.use('/account/second-factor', secondFactorRoutes);
staffRoutes.use('/accounts', accountTransferRoutes, accountRoutes);
