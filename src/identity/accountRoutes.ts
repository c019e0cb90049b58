import { type Request, type Response, Router } from 'express';
import { forbidden, type Refusal } from '../kernel/errors.ts';
import { departmentOptions, listDepartments } from '../organization/index.ts';
import { translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../web/form.ts';
import { redirectWith } from '../web/respond.ts';
import { changeAccount } from './actions/changeAccount.ts';
import { createAccount } from './actions/createAccount.ts';
import { disableAccount } from './actions/disableAccount.ts';
import { enableAccount } from './actions/enableAccount.ts';
import { grantRole } from './actions/grantRole.ts';
import { resetSecondFactor } from './actions/resetSecondFactor.ts';
import { resetPassword } from './actions/resetPassword.ts';
import { revokeRole } from './actions/revokeRole.ts';
import { failedLately } from './failedSignIns.ts';
import { canGrantIn, canSeeAccounts } from './policy.ts';
import { accountFor, listAccounts } from './queries.ts';
import { oneTimePasswordDays } from './settings.ts';
import { accountRow, roleOptions } from './views.ts';

/** Administrators' pages about accounts, below /office/accounts. */
export const accountRoutes = Router();

/** Departments in which the person asking may open accounts and give roles. */
async function ownDepartments(request: Request) {
  const actor = actorOf(request);
  const departments = (await listDepartments()).filter((department) => canGrantIn(actor, department.path));
  return departmentOptions(departments, actor.language);
}

accountRoutes.get('/', async (request, response) => {
  const actor = actorOf(request);
  const { filter, accounts, next } = await listAccounts(actor, request.query);
  const kept = Object.entries({ ...filter, after: next ?? '' }).filter(([, value]) => value !== '');
  response.render('identity/staff/accounts', {
    layout: 'office',
    title: translate(actor.language, 'identity.accounts.title'),
    filter,
    accounts: await Promise.all(accounts.map((account) => accountRow(account, actor.language))),
    departments: await ownDepartments(request),
    states: ['active', 'disabled'].map((value) => ({
      value,
      label: translate(actor.language, `identity.states.${value}`),
    })),
    next: next ? `/office/accounts?${new URLSearchParams(kept)}` : null,
    filtered: filter.search !== '' || filter.department !== '' || filter.state !== '',
  });
});

async function showNew(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  if (!canSeeAccounts(actor)) throw forbidden();
  response.render('identity/staff/account-new', {
    layout: 'office',
    title: translate(actor.language, 'identity.account-new.title'),
    values: { userName: '', displayName: '', departmentId: '', email: '', role: '', ...typedIn(request) },
    departments: await ownDepartments(request),
    roles: roleOptions(actor.language),
    errors: errorsOf(refusal),
  });
}
accountRoutes.get('/new', (request, response) => showNew(request, response));

/** Shows a one-time password: in this answer only, never again, never kept by a browser. */
async function showOnce(request: Request, response: Response, id: string, password: string): Promise<void> {
  const actor = actorOf(request);
  const { account } = await accountFor(actor, id);
  response.set('Cache-Control', 'no-store').render('identity/staff/one-time-password', {
    layout: 'office',
    title: translate(actor.language, 'identity.one-time.title'),
    account: await accountRow(account, actor.language),
    password,
    days: oneTimePasswordDays.value(),
  });
}

accountRoutes.post(
  '/',
  formAction(async (request, response) => {
    const { id, oneTimePassword } = await createAccount(actorOf(request), request.body);
    await showOnce(request, response, id, oneTimePassword);
  }, showNew),
);

const idOf = (request: Request): string => String(request.params.id);

async function showAccount(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const { account, managed } = await accountFor(actor, idOf(request));
  response.render('identity/staff/account-show', {
    layout: 'office',
    title: account.displayName,
    account: await accountRow(account, actor.language),
    values: { role: '', departmentId: account.departmentId, ...typedIn(request) },
    managed,
    failedLately: await failedLately(account._id),
    own: account._id === actor.id,
    departments: await ownDepartments(request),
    roles: roleOptions(actor.language),
    errors: errorsOf(refusal),
  });
}
accountRoutes.get('/:id', (request, response) => showAccount(request, response));

async function showChange(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const actor = actorOf(request);
  const { account, managed } = await accountFor(actor, idOf(request));
  if (!managed) throw forbidden();
  const { displayName, departmentId, email = '' } = account;
  response.render('identity/staff/account-change', {
    layout: 'office',
    title: translate(actor.language, 'identity.account-change.title'),
    account: await accountRow(account, actor.language),
    values: { displayName, departmentId, email, ...typedIn(request) },
    departments: await ownDepartments(request),
    errors: errorsOf(refusal),
  });
}
accountRoutes.get('/:id/change', (request, response) => showChange(request, response));

const verbs = [
  ['change', changeAccount, showChange],
  ['grant', grantRole, showAccount],
  ['revoke', revokeRole, showAccount],
  ['disable', disableAccount, showAccount],
  ['enable', enableAccount, showAccount],
  ['reset-second-factor', resetSecondFactor, showAccount],
] as const;
for (const [verb, act, again] of verbs) {
  accountRoutes.post(
    `/:id/${verb}`,
    formAction(async (request, response) => {
      await act(actorOf(request), { ...(request.body as object), id: idOf(request) });
      redirectWith(response, `/office/accounts/${idOf(request)}`, { key: `identity.told.${verb}` });
    }, again),
  );
}

accountRoutes.post(
  '/:id/reset',
  formAction(async (request, response) => {
    const { oneTimePassword } = await resetPassword(actorOf(request), { id: idOf(request) });
    await showOnce(request, response, idOf(request), oneTimePassword);
  }, showAccount),
);
