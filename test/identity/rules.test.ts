import { beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntryModel, type AuditEntry } from '../../src/audit/entryModel.ts';
import { AccountModel, requireAccount } from '../../src/identity/accountModel.ts';
import { changeAccount } from '../../src/identity/actions/changeAccount.ts';
import { createAccount } from '../../src/identity/actions/createAccount.ts';
import { disableAccount } from '../../src/identity/actions/disableAccount.ts';
import { enableAccount } from '../../src/identity/actions/enableAccount.ts';
import { grantRole } from '../../src/identity/actions/grantRole.ts';
import { resetPassword } from '../../src/identity/actions/resetPassword.ts';
import { revokeRole } from '../../src/identity/actions/revokeRole.ts';
import { newPassword } from '../../src/identity/password.ts';
import { type Actor, systemActor } from '../../src/kernel/actor.ts';
import { Refusal } from '../../src/kernel/errors.ts';
import { useDatabase } from '../support/database.ts';
import { actorFor, guestActor, identityModels, makeCitizen, makeDepartment, makeStaff } from '../support/identity.ts';

useDatabase(identityModels);

let district = '';
let bureau = '';
const actors = new Map<string, Actor>();

beforeAll(async () => {
  district = (await makeDepartment({ level: 'district', name: '海湾区' })).id;
  bureau = (await makeDepartment({ level: 'district', name: '海湾区教体局', parentId: district })).id;
  const other = (await makeDepartment({ level: 'district', name: '山前区' })).id;
  const here = async (role: 'administrator' | 'clerk' | 'supervisor' | 'head' | 'handler', departmentId: string) =>
    actorFor(await makeStaff({ roles: [{ role, departmentId }], departmentId }));
  actors.set('city administrator', await actorFor(await makeStaff({ roles: ['administrator'] })));
  actors.set('district administrator', await here('administrator', district));
  actors.set('other administrator', await here('administrator', other));
  actors.set('clerk', await here('clerk', district));
  actors.set('supervisor', await here('supervisor', district));
  actors.set('head', await here('head', bureau));
  actors.set('handler', await here('handler', bureau));
  actors.set('guest', guestActor());
  actors.set('citizen', await makeCitizen());
  actors.set('system', systemActor('test'));
});

const actor = (name: string): Actor => actors.get(name) ?? guestActor();
const fresh = (role: 'handler' | 'head' = 'handler') =>
  makeStaff({ roles: [{ role, departmentId: bureau }], departmentId: bureau });

const verbs: Record<string, (who: Actor) => Promise<unknown>> = {
  createAccount: (who) =>
    createAccount(who, {
      userName: `new-${Math.random().toString(36).slice(2, 10)}`,
      displayName: '新人',
      departmentId: bureau,
      role: 'handler',
    }),
  changeAccount: async (who) =>
    changeAccount(who, { id: (await fresh()).id, displayName: '改名', departmentId: bureau }),
  grantRole: async (who) => grantRole(who, { id: (await fresh()).id, role: 'head', departmentId: bureau }),
  revokeRole: async (who) => revokeRole(who, { id: (await fresh()).id, role: 'handler', departmentId: bureau }),
  disableAccount: async (who) => disableAccount(who, { id: (await fresh()).id }),
  enableAccount: async (who) => {
    const { id } = await fresh();
    await disableAccount(systemActor('test'), { id });
    await enableAccount(who, { id });
  },
  resetPassword: async (who) => resetPassword(who, { id: (await fresh()).id }),
};
const allowed = ['city administrator', 'district administrator', 'system'];
const refused = ['other administrator', 'clerk', 'supervisor', 'head', 'handler', 'guest', 'citizen'];

async function statusOf(run: Promise<unknown>): Promise<number> {
  try {
    await run;
    return 200;
  } catch (error) {
    if (error instanceof Refusal) return error.status;
    throw error;
  }
}

describe('who may do what with accounts of a branch', () => {
  const cases = Object.keys(verbs).flatMap((verb) => [
    ...allowed.map((who) => [verb, who, 200] as const),
    ...refused.map((who) => [verb, who, 403] as const),
  ]);
  it.each(cases)('%s by %s: %i', async (verb, who, status) => {
    expect(await statusOf(verbs[verb]!(actor(who)))).toBe(status);
  });
});

describe('what even an administrator may not do', () => {
  it('give a role above their own branch', async () => {
    const { id } = await fresh();
    const root = actor('city administrator');
    const city = root.kind === 'staff' ? root.roles[0]!.departmentId : '';
    const input = { id, role: 'administrator', departmentId: city };
    expect(await statusOf(grantRole(actor('district administrator'), input))).toBe(403);
  });

  it('take over an account of the branch that also holds a role outside it', async () => {
    const { id } = await fresh();
    const root = actor('city administrator');
    const city = root.kind === 'staff' ? root.roles[0]!.departmentId : '';
    await grantRole(root, { id, role: 'administrator', departmentId: city });
    expect(await statusOf(resetPassword(actor('district administrator'), { id }))).toBe(403);
    expect(await statusOf(disableAccount(actor('district administrator'), { id }))).toBe(403);
  });

  it('take their own last administrator role, close or reset their own account', async () => {
    const own = await makeStaff({ roles: ['administrator'] });
    const who = await actorFor(own);
    const departmentId = who.roles[0]!.departmentId;
    const input = { id: own.id, role: 'administrator', departmentId };
    expect(await statusOf(revokeRole(who, input))).toBe(409);
    expect(await statusOf(disableAccount(who, { id: own.id }))).toBe(409);
    expect(await statusOf(resetPassword(who, { id: own.id }))).toBe(409);
    expect((await requireAccount(own.id)).grants).toHaveLength(1);
  });

  it('give the same role twice or to a closed account', async () => {
    const { id } = await fresh();
    const root = actor('city administrator');
    expect(await statusOf(grantRole(root, { id, role: 'handler', departmentId: bureau }))).toBe(409);
    await disableAccount(root, { id });
    expect(await statusOf(grantRole(root, { id, role: 'head', departmentId: bureau }))).toBe(409);
  });
});

describe('two administrators at the same moment', () => {
  it('cannot both win', async () => {
    const { id } = await fresh();
    const root = actor('city administrator');
    const roles = ['clerk', 'supervisor', 'head'].map((role) => grantRole(root, { id, role, departmentId: bureau }));
    const results = await Promise.all(roles.map(statusOf));
    const won = results.filter((status) => status === 200).length;
    expect(won).toBeGreaterThan(0);
    expect((await requireAccount(id)).grants).toHaveLength(1 + won);
  });

  it('cannot open the same user name twice', async () => {
    const input = { userName: 'twin.name', displayName: '双胞胎', departmentId: bureau };
    const root = actor('city administrator');
    const results = await Promise.all([createAccount(root, input), createAccount(root, input)].map(statusOf));
    expect(results.sort()).toEqual([200, 422]);
    expect(await AccountModel.countDocuments({ userName: 'twin.name' })).toBe(1);
  });
});

describe('the trail of an account', () => {
  it('has before and after of each step and nothing secret', async () => {
    const root = actor('city administrator');
    const made = await createAccount(root, {
      userName: 'trail.person',
      displayName: '留痕',
      departmentId: bureau,
      role: 'handler',
    });
    const { id } = made;
    await grantRole(root, { id, role: 'head', departmentId: bureau });
    await revokeRole(root, { id, role: 'handler', departmentId: bureau });
    await disableAccount(root, { id });
    await enableAccount(root, { id });
    const reset = await resetPassword(root, { id });
    const entries = await AuditEntryModel.find({ 'target.id': id }).sort({ at: 1 }).lean<AuditEntry[]>();
    expect(entries.map((entry) => entry.verb).sort()).toEqual(
      ['create', 'grant-role', 'revoke-role', 'disable', 'enable', 'reset-password']
        .map((verb) => `account.${verb}`)
        .sort(),
    );
    const granted = entries.find((entry) => entry.verb === 'account.grant-role');
    expect(granted).toMatchObject({
      who: { kind: 'staff', id: root.id },
      roles: [{ role: 'administrator' }],
      target: { type: 'account', id, label: '留痕' },
      before: { grants: [{ role: 'handler', departmentId: bureau }] },
      after: {
        grants: [
          { role: 'handler', departmentId: bureau },
          { role: 'head', departmentId: bureau },
        ],
      },
      requestId: 'test',
    });
    const written = JSON.stringify(entries);
    const { passwordHash } = await requireAccount(id);
    for (const secret of [made.oneTimePassword, reset.oneTimePassword, passwordHash])
      expect(written).not.toContain(secret);
    expect(written).not.toMatch(/argon2|passwordHash/);
  });
});

describe('a password', () => {
  it.each([
    ['123456789012', false],
    ['qwerty123456', false],
    ['QWERTY123456!', false],
    ['password2024password', true],
    ['aaaaaaaaaaaaaa', false],
    ['987654321098', false],
    ['wenzheng123456', false],
    ['iloveyou123456', false],
    ['１２３４５６７８９０１２', false],
    ['steady rain over qinglan', true],
    ['correcthorsebatterystaple', true],
    ['杭州的桂花开了两次呢真好', true],
    ['7fk2-9xqa-m3vt-8hzd', true],
  ])('%s: taken %s', (password, taken) => {
    expect(newPassword('li.lei').safeParse(password).success).toBe(taken);
  });
});
