import type { Feature } from '../feature.ts';
import { beforeRetirement } from '../organization/index.ts';
import { AccountModel } from './accountModel.ts';
import { AttemptModel, PaceModel } from './attemptModel.ts';
import { CitizenModel } from './citizenModel.ts';
import { accountsHolding } from './queries.ts';

export { identify } from './identify.ts';
export { onCitizenGone, onGuestLinked } from './following.ts';
export { staffByUserName, staffDirectory, staffPerson, type StaffPerson } from './directory.ts';
export { hasDemoAccounts, seedDemoAccount } from './demo.ts';

/** Who people are: officials' accounts 工作人员账号 and citizens 公众. */
export const identity: Feature = { name: 'identity', models: [AccountModel, CitizenModel, AttemptModel, PaceModel] };

beforeRetirement(async (departmentId) => {
  const count = await accountsHolding(departmentId);
  return count > 0 ? { key: 'identity.errors.department-has-accounts', params: { count } } : undefined;
});
