import { newId } from '../kernel/id.ts';
import type { Step, StepInput, StepVerb } from '../transfer/index.ts';
import { type Account, type Grant, sameGrant } from './account.ts';
import { findAccount } from './accountModel.ts';
import type { AccountEntry } from './accountSheet.ts';
import { changeAccount } from './actions/changeAccount.ts';
import { createAccount } from './actions/createAccount.ts';
import { disableAccount } from './actions/disableAccount.ts';
import { enableAccount } from './actions/enableAccount.ts';
import { grantRole } from './actions/grantRole.ts';
import { revokeRole } from './actions/revokeRole.ts';

/** The actions that make an account what its row says; each is allowed, checked and recorded as if done by hand. */
export function accountSteps(entry: AccountEntry): Step[] {
  const { line, existing, userName, displayName, departmentId, email, grants, disabled } = entry;
  const id = existing?._id ?? newId();
  const steps: Step[] = [];
  const add = (verb: string, input: StepInput = {}) => steps.push({ line, verb, input: { id, ...input } });
  const fields = { displayName, departmentId, email };
  if (!existing) add('create', { userName, ...fields });
  if (existing?.disabled && !disabled) add('enable');
  if (existing && !hasFields(existing, fields)) add('change', fields);
  const held = existing?.grants ?? [];
  for (const grant of grants.filter((one) => !held.some((other) => sameGrant(one, other)))) add('grant', { ...grant });
  for (const { role, departmentId: place } of held.filter((one) => !grants.some((other) => sameGrant(one, other)))) {
    add('revoke', { role, departmentId: place });
  }
  if (disabled && !existing?.disabled) add('disable');
  return steps;
}

const hasFields = (account: Account, wanted: StepInput): boolean =>
  account.displayName === wanted['displayName'] &&
  account.departmentId === wanted['departmentId'] &&
  (account.email ?? '') === wanted['email'];
const holds = ({ grants }: Account, { role, departmentId }: StepInput): boolean =>
  grants.some((held) => sameGrant(held, { role, departmentId } as Grant));

/** An action on an account, and how one sees that it is done. */
const verb = (isDone: (account: Account, input: StepInput) => boolean, run: StepVerb['run']): StepVerb => ({
  async isDone(input) {
    const account = await findAccount(String(input['id']));
    return account !== undefined && isDone(account, input);
  },
  run,
});

/** What steps of an import of accounts can be. */
export const accountVerbs: Readonly<Record<string, StepVerb>> = {
  create: {
    ...verb(
      () => true,
      (actor, { id, ...fields }, password) => createAccount(actor, fields, { id: String(id), password }),
    ),
    opensAccount: true,
  },
  enable: verb((account) => !account.disabled, enableAccount),
  change: verb(hasFields, changeAccount),
  grant: verb(holds, grantRole),
  revoke: verb((account, input) => !holds(account, input), revokeRole),
  disable: verb((account) => account.disabled, disableAccount),
};
