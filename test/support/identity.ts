import type { Citizen, Guest, Staff, StaffRole } from '../../src/kernel/actor.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { AccountModel } from '../../src/identity/accountModel.ts';
import { AttemptModel, PaceModel } from '../../src/identity/attemptModel.ts';
import { seal } from '../../src/identity/keys.ts';
import { CitizenModel } from '../../src/identity/citizenModel.ts';
import { identify } from '../../src/identity/identify.ts';
import { insertAccount } from '../../src/identity/insertAccount.ts';
import { hashPassword } from '../../src/identity/password.ts';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { createDepartment, forgetDepartments, listDepartments, type Level } from '../../src/organization/index.ts';
import { DepartmentModel, TreeStateModel } from '../../src/organization/departmentModel.ts';

/** Models whose indexes the tests of people need. */
export const identityModels = [
  AccountModel,
  AttemptModel,
  PaceModel,
  CitizenModel,
  AuditEntryModel,
  DepartmentModel,
  TreeStateModel,
];

const system = systemActor('test');
let counter = 0;

/** The root of the test's city, made on first use. */
export async function cityId(): Promise<string> {
  forgetDepartments();
  const root = (await listDepartments())[0];
  if (root) return root.id;
  return (await createDepartment(system, { name: '青澜市', level: 'city' })).id;
}

/** Makes a department, below the city unless told otherwise. */
export async function makeDepartment(
  given: { name?: string; parentId?: string; level?: Level; league?: string } = {},
): Promise<{ id: string; name: string }> {
  counter += 1;
  const parentId = given.parentId ?? (await cityId());
  const name = given.name ?? `部门${counter}`;
  return { name, ...(await createDepartment(system, { level: 'city', ...given, name, parentId })) };
}

export interface TestAccount {
  id: string;
  userName: string;
  password: string;
  name: string;
}
const password = 'steady rain over qinglan';
let passwordHash: Promise<string> | undefined;

/** Makes an account with a known password; roles are held in the city unless they name a department. */
export async function makeStaff(
  given: {
    roles?: readonly (StaffRole | { role: StaffRole; departmentId: string })[];
    name?: string;
    departmentId?: string;
    demo?: boolean;
  } = {},
): Promise<TestAccount> {
  counter += 1;
  passwordHash ??= hashPassword(password);
  const home = given.departmentId ?? (await cityId());
  const account = { id: newId(), userName: `official${counter}`, password, name: given.name ?? `职员${counter}` };
  await insertAccount({
    _id: account.id,
    userName: account.userName,
    displayName: account.name,
    departmentId: home,
    passwordHash: await passwordHash,
    grants: (given.roles ?? []).map((role) => (typeof role === 'string' ? { role, departmentId: home } : role)),
    mustChangePassword: false,
    oneTimeUntil: null,
    demo: given.demo ?? false,
  });
  return account;
}

/** Gives the account as the actor that doors would see. */
export async function actorFor(account: { id: string }): Promise<Staff> {
  const staff = await identify({ kind: 'staff', id: account.id });
  if (staff?.kind !== 'staff') throw new Error('No such account');
  return { ...staff, language: 'zh-CN', requestId: 'test' };
}

/** A visitor's device. */
export function guestActor(nickname: string | null = null): Guest {
  return { kind: 'guest', id: newId(16), nickname, language: 'zh-CN', requestId: 'test' };
}

/** A verified citizen without an address to write to. */
export async function makeCitizen(nickname = '海边的风', email = 'zhangsan@example.com'): Promise<Citizen> {
  const [id, at] = [newId(), new Date()];
  const address = { channel: 'email', fingerprint: newId(20), sealed: seal(email, id), verifiedAt: at };
  await CitizenModel.create({
    _id: id,
    nickname,
    language: 'zh-CN',
    addresses: [address],
    createdAt: at,
    lastSignInAt: at,
  });
  return { kind: 'citizen', id, nickname, language: 'zh-CN', requestId: 'test' };
}
