import { z } from 'zod';
import type { Actor, StaffRole } from '../kernel/actor.ts';
import { forbidden, notFound } from '../kernel/errors.ts';
import { parse } from '../kernel/parse.ts';
import { listDepartments } from '../organization/index.ts';
import type { Account } from './account.ts';
import { AccountModel, requireAccount } from './accountModel.ts';
import { canGrantIn, canManageAccount, canSeeAccounts } from './policy.ts';

const pageSize = 50;
const filterSchema = z.object({
  search: z.string().trim().max(60).default(''),
  department: z.string().max(40).default(''),
  state: z.enum(['', 'active', 'disabled']).catch('').default(''),
  after: z.string().max(40).default(''),
});
export type AccountFilter = z.output<typeof filterSchema>;

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A page of accounts by user name. Administrators of a branch see those who belong to it. */
export async function listAccounts(actor: Actor, input: unknown) {
  const filter = parse(filterSchema, input);
  if (!canSeeAccounts(actor)) throw forbidden();
  const seen = (await listDepartments({ retired: true })).filter((one) => canGrantIn(actor, one.path));
  const asked = filter.department ? seen.filter((one) => one.path.includes(filter.department)) : seen;
  const match: Record<string, unknown>[] = [{ departmentId: { $in: asked.map((one) => one.id) } }];
  if (filter.search) {
    const part = quoted(filter.search);
    match.push({ $or: [{ userName: { $regex: part.toLowerCase() } }, { displayName: { $regex: part } }] });
  }
  if (filter.state) match.push({ disabled: filter.state === 'disabled' });
  if (filter.after) match.push({ userName: { $gt: filter.after } });
  const found = await AccountModel.find(
    { $and: match },
    { passwordHash: 0, 'secondFactor.sealed': 0, 'secondFactor.recovery': 0 },
  )
    .sort({ userName: 1 })
    .limit(pageSize + 1)
    .lean<Omit<Account, 'passwordHash'>[]>();
  const accounts = found.slice(0, pageSize);
  return { filter, accounts, next: found.length > pageSize ? (accounts.at(-1)?.userName ?? null) : null };
}

/** One account as an administrator sees it; 404 outside their branch. */
export async function accountFor(actor: Actor, id: string) {
  if (!canSeeAccounts(actor)) throw forbidden();
  const account = await requireAccount(id);
  const home = (await listDepartments({ retired: true })).find((one) => one.id === account.departmentId);
  if (!canGrantIn(actor, home?.path ?? [])) throw notFound('identity.errors.no-account');
  return { account, managed: await canManageAccount(actor, account) };
}

/** Why a department cannot end yet: people belong to it or hold roles in it. */
export async function accountsHolding(departmentId: string): Promise<number> {
  return AccountModel.countDocuments({
    $or: [{ 'grants.departmentId': departmentId }, { departmentId, disabled: false }],
  });
}

/** The departments in which active officials hold a role. */
export async function departmentsHolding(role: StaffRole): Promise<readonly string[]> {
  const accounts = await AccountModel.find({ 'grants.role': role, disabled: false }, { grants: 1 }).lean<Account[]>();
  const held = accounts.flatMap(({ grants }) => grants.filter((grant) => grant.role === role));
  return [...new Set(held.map(({ departmentId }) => departmentId))];
}

/** True when somebody who can sign in administers anything: a city's first account is made only while this is false. */
export async function administratorExists(): Promise<boolean> {
  return (await AccountModel.exists({ 'grants.role': 'administrator', disabled: false })) !== null;
}
