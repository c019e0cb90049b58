import { Router } from 'express';
import type { Feature } from '../feature.ts';
import { beforeRetirement, beforeSettingChange } from '../organization/index.ts';
import { findOfficialsBy } from '../transfer/index.ts';
import { AccountModel } from './accountModel.ts';
import { AttemptModel, PaceModel } from './attemptModel.ts';
import { CitizenModel } from './citizenModel.ts';
import { FailedSignInModel } from './failedSignInModel.ts';
import { enterFailedSignIns } from './failedSignIns.ts';
import { identify } from './identify.ts';
import { canSeeAccounts } from './policy.ts';
import { accountsHolding } from './queries.ts';
import { routes } from './routes.ts';
import { whyNotDemanded } from './secondFactorRules.ts';
import { signInRoutes } from './signInRoutes.ts';
import { staffRoutes } from './staffRoutes.ts';

export { identify } from './identify.ts';
export { onCitizenGone, onGuestLinked } from './following.ts';
export { staffByUserName, staffDirectory, staffPerson, type StaffPerson } from './directory.ts';
export { addressOf } from './citizens.ts';
export { staffAddresses, staffContact, staffIn } from './staffAddresses.ts';
export { createAccount } from './actions/createAccount.ts';
export { resetSecondFactor } from './actions/resetSecondFactor.ts';
export { administratorExists, departmentsHolding } from './queries.ts';
export { showAtStart, type StartSection } from './startPage.ts';
export { hasDemoAccounts, seedDemoAccount } from './demo.ts';

/** Who people are: officials' accounts 工作人员账号 and citizens 公众. */
export const identity: Feature = {
  name: 'identity',
  models: [AccountModel, CitizenModel, AttemptModel, PaceModel, FailedSignInModel],
  jobs: [enterFailedSignIns],
  pages: Router().use(routes, signInRoutes),
  office: Router().use(staffRoutes),
  navigation: [
    { area: 'office', key: 'identity.start.title', href: '/office', order: 0 },
    { area: 'office', key: 'identity.accounts.title', href: '/office/accounts', order: 810, allowed: canSeeAccounts },
    { area: 'office', key: 'identity.own-account.title', href: '/office/account', order: 990 },
  ],
};

beforeRetirement(async (departmentId) => {
  const count = await accountsHolding(departmentId);
  if (count === 0) return undefined;
  const href = `/office/accounts?department=${departmentId}`;
  return { told: { key: 'identity.errors.department-has-accounts', params: { count } }, href };
});

beforeSettingChange(whyNotDemanded);

findOfficialsBy(async (id, caller) => {
  const person = await identify({ kind: 'staff', id });
  return person?.kind === 'staff' ? { ...person, ...caller } : null;
});
