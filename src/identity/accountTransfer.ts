import { departmentPaths, listDepartments } from '../organization/index.ts';
import { type Transfer, transferRoutes } from '../transfer/index.ts';
import type { Account } from './account.ts';
import { AccountModel } from './accountModel.ts';
import { planAccounts } from './accountPlan.ts';
import { accountCells, accountColumns } from './accountSheet.ts';
import { accountVerbs } from './accountSteps.ts';
import { canGrantIn, canSeeAccounts } from './policy.ts';

const needed = { userName: 1, displayName: 1, departmentId: 1, email: 1, grants: 1, disabled: 1 } as const;

/** The table of accounts 账号表; passwords never stand in it. */
export const accountTable: Transfer = {
  kind: 'account',
  base: '/office/accounts',
  columns: accountColumns,
  needed: 'userName',
  allowed: canSeeAccounts,
  async rows(actor) {
    const all = await listDepartments({ retired: true });
    const seen = new Set(all.filter((one) => canGrantIn(actor, one.path)).map((one) => one.id));
    const paths = departmentPaths(all);
    const accounts = await AccountModel.find({}, needed).sort({ userName: 1 }).lean<Account[]>();
    return accounts
      .filter((account) => seen.has(account.departmentId))
      .map((account) => {
        const cells = accountCells(account, paths, actor.language);
        return accountColumns.map((column) => cells[column] ?? '');
      });
  },
  plan: planAccounts,
  verbs: accountVerbs,
};
export const accountTransferRoutes = transferRoutes(accountTable);
