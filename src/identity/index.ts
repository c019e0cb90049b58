import { beforeRetirement } from '../organization/index.ts';
import { accountsHolding } from './queries.ts';

export { identify } from './identify.ts';
export { onCitizenGone, onGuestLinked } from './following.ts';
export { addressOf } from './citizens.ts';
export { hasDemoAccounts, seedDemoAccount } from './demo.ts';

beforeRetirement(async (departmentId) => {
  const count = await accountsHolding(departmentId);
  return count > 0 ? { key: 'identity.errors.department-has-accounts', params: { count } } : undefined;
});
