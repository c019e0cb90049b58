import type { Actor } from '../kernel/actor.ts';
import { conflict } from '../kernel/errors.ts';
import type { GivenPassword, Step } from '../transfer/index.ts';
import { sameGrant } from './account.ts';
import type { AccountEntry } from './accountSheet.ts';
import { changeAccount } from './actions/changeAccount.ts';
import { createAccount } from './actions/createAccount.ts';
import { disableAccount } from './actions/disableAccount.ts';
import { enableAccount } from './actions/enableAccount.ts';
import { grantRole } from './actions/grantRole.ts';
import { revokeRole } from './actions/revokeRole.ts';

/** The actions that make an account what its row says; each is allowed, checked and recorded as if done by hand. */
export function accountSteps(actor: Actor, entry: AccountEntry): Step[] {
  const { line, existing, userName, displayName, departmentId, email, grants, disabled } = entry;
  let id = existing?._id;
  const known = (): string => {
    if (id === undefined) throw conflict();
    return id;
  };
  const steps: Step[] = [];
  const add = (run: () => Promise<unknown>) =>
    steps.push({
      line,
      run: async () => {
        await run();
        return undefined;
      },
    });
  if (!existing) {
    steps.push({
      line,
      run: async (): Promise<GivenPassword> => {
        const made = await createAccount(actor, { userName, displayName, departmentId, email });
        id = made.id;
        return { userName, displayName, password: made.oneTimePassword };
      },
    });
  }
  if (existing?.disabled && !disabled) add(() => enableAccount(actor, { id: known() }));
  const stored = existing && { ...existing, email: existing.email ?? '' };
  const fields = { displayName, departmentId, email };
  if (stored && (['displayName', 'departmentId', 'email'] as const).some((name) => stored[name] !== fields[name])) {
    add(() => changeAccount(actor, { id: known(), ...fields }));
  }
  const held = existing?.grants ?? [];
  for (const grant of grants.filter((one) => !held.some((other) => sameGrant(one, other)))) {
    add(() => grantRole(actor, { id: known(), ...grant }));
  }
  for (const grant of held.filter((one) => !grants.some((other) => sameGrant(one, other)))) {
    add(() => revokeRole(actor, { id: known(), role: grant.role, departmentId: grant.departmentId }));
  }
  if (disabled && !existing?.disabled) add(() => disableAccount(actor, { id: known() }));
  return steps;
}
