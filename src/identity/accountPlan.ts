import { setImmediate as air } from 'node:timers/promises';
import type { Actor } from '../kernel/actor.ts';
import type { Message } from '../kernel/errors.ts';
import { type DepartmentPaths, departmentById, departmentPaths, listDepartments } from '../organization/index.ts';
import { compare, type Fault, type Plan, type SheetRow } from '../transfer/index.ts';
import { type Account, sameGrant } from './account.ts';
import { AccountModel } from './accountModel.ts';
import { accountCells, type AccountEntry, readAccountEntry } from './accountSheet.ts';
import { accountSteps } from './accountSteps.ts';
import { canGrantIn, canManageAccount } from './policy.ts';

/** Takes the rows of a table; gives what importing them would do, and what of it is not allowed. */
export async function planAccounts(actor: Actor, rows: readonly SheetRow[]): Promise<Plan> {
  const paths = departmentPaths(await listDepartments({ retired: true }));
  const names = rows.map(({ cells }) => (cells['userName'] ?? '').toLowerCase());
  const found = await AccountModel.find({ userName: { $in: [...new Set(names)] } }).lean<Account[]>();
  const byName = new Map(found.map((account) => [account.userName, account]));
  const plan: Plan = { rows: [], faults: [], steps: [] };
  const lines = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const name = names[index] ?? '';
    const twin = lines.get(name);
    if (name && twin !== undefined) {
      plan.faults.push({
        line: row.line,
        column: 'userName',
        told: { key: 'transfer.errors.row-twice', params: { line: twin } },
      });
      continue;
    }
    lines.set(name, row.line);
    await planRow(actor, row, byName.get(name), paths, plan);
    if (index % 20 === 0) await air(); // others are served in between
  }
  return plan.faults.length > 0 ? { ...plan, steps: [] } : plan;
}

async function planRow(
  actor: Actor,
  row: SheetRow,
  existing: Account | undefined,
  paths: DepartmentPaths,
  plan: Plan,
): Promise<void> {
  if (existing && !canGrantIn(actor, (await departmentById(existing.departmentId))?.path ?? [])) {
    const told = { key: 'identity.errors.user-name-taken' }; // of another branch: nothing about it is told
    plan.faults.push({ line: row.line, column: 'userName', told });
    return;
  }
  const entry = await readAccountEntry(row, existing, paths, actor.language);
  if (Array.isArray(entry)) {
    plan.faults.push(...entry);
    return;
  }
  const before = existing && accountCells(existing, paths, actor.language);
  const after = accountCells(entry, paths, actor.language);
  const planned = compare(row.line, `${entry.displayName} (${entry.userName})`, before, after);
  plan.rows.push(planned);
  if (planned.outcome === 'unchanged') return;
  plan.faults.push(...(await brokenRules(actor, entry)));
  plan.steps.push(...accountSteps(entry));
}

async function brokenRules(actor: Actor, entry: AccountEntry): Promise<Fault[]> {
  const { line, existing, departmentId, grants } = entry;
  const faults: Fault[] = [];
  const wrong = (column: string | null, key: Message['key']) => faults.push({ line, column, told: { key } });
  if (existing && !(await canManageAccount(actor, existing))) wrong(null, 'identity.account-show.not-yours');
  const home = await departmentById(departmentId);
  if (departmentId !== existing?.departmentId) {
    if (!canGrantIn(actor, home?.path ?? [])) wrong('department', 'errors.forbidden');
    else if (!home?.active) wrong('department', 'organization.errors.no-department');
  }
  const added = grants.filter((grant) => !existing?.grants.some((held) => sameGrant(held, grant)));
  for (const grant of added) {
    const place = await departmentById(grant.departmentId);
    if (!canGrantIn(actor, place?.path ?? [])) wrong('roles', 'errors.forbidden');
    else if (!place?.active) wrong('roles', 'organization.errors.no-department');
  }
  if (added.length > 0 && existing?.disabled && entry.disabled) wrong('roles', 'identity.errors.disabled');
  if (existing && existing._id === actor.id) {
    if (entry.disabled) wrong('state', 'identity.errors.own-account');
    const wasAdministrator = existing.grants.some(({ role }) => role === 'administrator');
    if (wasAdministrator && !grants.some(({ role }) => role === 'administrator')) {
      wrong('roles', 'identity.errors.own-last-role');
    }
  }
  return faults;
}
