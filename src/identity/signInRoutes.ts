import { type Request, type Response, Router } from 'express';
import { config } from '../config.ts';
import type { StaffRole } from '../kernel/actor.ts';
import { type Message, type Refusal, unauthenticated } from '../kernel/errors.ts';
import type { Language } from '../kernel/language.ts';
import { departmentById, departmentName } from '../organization/index.ts';
import { hasText, translate } from '../platform/language.ts';
import { actorOf } from '../web/actor.ts';
import { errorsOf, formAction, typedIn } from '../web/form.ts';
import { localPath, redirectWith } from '../web/respond.ts';
import { chooseFirstPassword } from './actions/chooseFirstPassword.ts';
import { confirmSecondFactor } from './actions/confirmSecondFactor.ts';
import { setUpOnTheWayIn } from './actions/setUpSecondFactor.ts';
import { signIn } from './actions/signIn.ts';
import { signInToDemo } from './actions/signInToDemo.ts';
import { listDemoAccounts } from './demo.ts';
import { requireAccount } from './accountModel.ts';
import { officialNamed, rememberKnown, requesterOf } from './requester.ts';
import { beginPending, beginSession, pendingOf } from './session.ts';
import { acceptedSecret, keepCodesToShow, offer } from './secondFactorOffer.ts';
import { passwordLengthMin } from './settings.ts';
import { type Passed, pendingAccount } from './signInSteps.ts';
import { roleWords } from './views.ts';

/** The office's front door: the only pages below /office that need no session. */
export const signInRoutes = Router();

const say = (request: Request, key: string) => translate(actorOf(request).language, key);
const nextOf = (request: Request) => localPath(typedIn(request).next ?? request.query.next, '');

/** What the person does in the demo city: a role, or the part in interviews that the user name tells (`screener-2`). */
function postOf(account: { role: StaffRole | undefined; userName: string }, language: Language): string {
  if (account.role) return roleWords(account.role, language);
  const key = `identity.demo-parts.${account.userName.replace(/-\d+$/, '')}`;
  return translate(language, hasText(language, key) ? key : 'identity.no-role');
}

async function demoAccounts(request: Request) {
  if (config.mode !== 'demo') return [];
  const { language } = actorOf(request);
  const accounts = await listDemoAccounts();
  return Promise.all(
    accounts.map(async (account) => ({
      id: account._id,
      name: account.displayName,
      userName: account.userName,
      role: postOf(account, language),
      department: departmentName(await departmentById(account.departmentId), language),
    })),
  );
}

const doors = {
  code: '/office/sign-in/code',
  password: '/office/sign-in/password',
  'set-up': '/office/sign-in/second-factor',
} as const;

/** Opens the session of an official, and knows their browser from now on. */
async function enter(request: Request, response: Response, accountId: string): Promise<void> {
  const { userName } = await requireAccount(accountId);
  await beginSession(request, { kind: 'staff', id: accountId });
  rememberKnown(request, response, officialNamed(userName));
}

/** Goes to the next step of the way in, or into the office. */
async function goOn(request: Request, response: Response, passed: Passed, told?: Message): Promise<void> {
  const next = nextOf(request);
  if (passed.step === 'in') {
    await enter(request, response, passed.accountId);
    return redirectWith(response, next || '/office', told);
  }
  await beginPending(request, passed);
  redirectWith(response, `${doors[passed.step]}${next ? `?${new URLSearchParams({ next })}` : ''}`);
}

async function showSignIn(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  response.set('Cache-Control', 'no-store').render('identity/staff/sign-in', {
    title: say(request, 'identity.office-sign-in.title'),
    values: { userName: typedIn(request).userName ?? '' },
    next: nextOf(request),
    errors: errorsOf(refusal),
    accounts: await demoAccounts(request),
  });
}

signInRoutes.get('/office/sign-in', async (request, response) => {
  if (actorOf(request).kind === 'staff') return response.redirect(303, nextOf(request) || '/office');
  await showSignIn(request, response);
});

signInRoutes.post(
  '/office/sign-in',
  formAction(async (request, response) => {
    await goOn(request, response, await signIn(actorOf(request), request.body, requesterOf(request)));
  }, showSignIn),
);

signInRoutes.post(
  '/office/sign-in/demo',
  formAction(async (request, response) => {
    const { accountId } = await signInToDemo(actorOf(request), request.body);
    await enter(request, response, accountId);
    redirectWith(response, nextOf(request) || '/office');
  }, showSignIn),
);

function showFirstPassword(request: Request, response: Response, refusal?: Refusal): void {
  response.set('Cache-Control', 'no-store').render('identity/staff/first-password', {
    title: say(request, 'identity.first-password.title'),
    minimum: passwordLengthMin.value(),
    next: nextOf(request),
    errors: errorsOf(refusal),
  });
}

signInRoutes.get('/office/sign-in/password', (request, response) => {
  if (!pendingOf(request)) return response.redirect(303, '/office/sign-in');
  showFirstPassword(request, response);
});

signInRoutes.post(
  '/office/sign-in/password',
  formAction(async (request, response) => {
    const pending = pendingOf(request);
    if (!pending) throw unauthenticated();
    const passed = await chooseFirstPassword(actorOf(request), pending, request.body);
    await goOn(request, response, passed, { key: 'identity.told.password-chosen' });
  }, showFirstPassword),
);

function showCode(request: Request, response: Response, refusal?: Refusal): void {
  response.set('Cache-Control', 'no-store').render('identity/staff/second-factor-code', {
    title: say(request, 'second-factor.sign-in.title'),
    next: nextOf(request),
    errors: errorsOf(refusal),
  });
}

signInRoutes.get('/office/sign-in/code', (request, response) => {
  if (!pendingOf(request)) return response.redirect(303, '/office/sign-in');
  showCode(request, response);
});

signInRoutes.post(
  '/office/sign-in/code',
  formAction(async (request, response) => {
    const pending = pendingOf(request);
    if (!pending) throw unauthenticated();
    const { recoveryLeft, ...passed } = await confirmSecondFactor(
      actorOf(request),
      pending,
      request.body,
      requesterOf(request),
    );
    const told = recoveryLeft === undefined ? undefined : { count: recoveryLeft };
    await goOn(request, response, passed, told && { key: 'second-factor.told.recovery-used', params: told });
  }, showCode),
);

async function showSetUp(request: Request, response: Response, refusal?: Refusal): Promise<void> {
  const pending = pendingOf(request);
  if (!pending) throw unauthenticated();
  const account = await pendingAccount(pending, 'set-up');
  response.set('Cache-Control', 'no-store').render('identity/staff/second-factor-first', {
    title: say(request, 'second-factor.set-up.title'),
    offer: await offer(request, account),
    next: nextOf(request),
    errors: errorsOf(refusal),
  });
}

signInRoutes.get('/office/sign-in/second-factor', (request, response) => {
  if (!pendingOf(request)) return response.redirect(303, '/office/sign-in');
  return showSetUp(request, response);
});

signInRoutes.post(
  '/office/sign-in/second-factor',
  formAction(async (request, response) => {
    const pending = pendingOf(request);
    if (!pending) throw unauthenticated();
    const secret = acceptedSecret(request, pending.accountId);
    const { codes, accountId } = await setUpOnTheWayIn(actorOf(request), pending, secret, request.body);
    await enter(request, response, accountId);
    keepCodesToShow(request, accountId, codes);
    const next = nextOf(request);
    redirectWith(response, `/office/account/second-factor/codes${next ? `?${new URLSearchParams({ next })}` : ''}`);
  }, showSetUp),
);
