import { beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { AccountModel } from '../../src/identity/accountModel.ts';
import { accountTable } from '../../src/identity/accountTransfer.ts';
import { accountVerbs } from '../../src/identity/accountSteps.ts';
import { createAccount } from '../../src/identity/actions/createAccount.ts';
import { passwordFits } from '../../src/identity/password.ts';
import type { Staff } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/id.ts';
import { now } from '../../src/kernel/time.ts';
import { DepartmentModel } from '../../src/organization/departmentModel.ts';
import { departmentTable } from '../../src/organization/departmentTransfer.ts';
import { readSheet, type Transfer } from '../../src/transfer/index.ts';
import { ImportStepsModel, TableImportModel } from '../../src/transfer/importModel.ts';
import { passwordsOf } from '../../src/transfer/passwords.ts';
import { runTableImport } from '../../src/transfer/runImport.ts';
import { ownImports, requireImport, startTableImport } from '../../src/transfer/startImport.ts';
import { useApp } from '../support/app.ts';
import { actorFor, cityId, makeDepartment, makeStaff } from '../support/identity.ts';

useApp();
let actor: Staff;
beforeAll(async () => {
  actor = await actorFor(await makeStaff({ roles: ['administrator'] }));
  await makeDepartment({ name: '市水务局' });
});

/** Looks at a file and confirms it; nothing is written yet. */
async function confirm(table: Transfer, text: string, who: Staff = actor): Promise<string> {
  const { rows, faults } = await readSheet(text, table.columns, table.needed);
  expect(faults).toEqual([]);
  const plan = await table.plan(who, rows);
  expect(plan.faults).toEqual([]);
  const id = newId();
  await startTableImport(who, table, id, plan);
  return id;
}
const after = (id: string, table: Transfer) => requireImport(id, table.kind, actor.id);

const head = '用户名,姓名,所属部门,角色\n';
const rows = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}.${100 + index},某${index},青澜市/市水务局,承办人`).join('\n');

/** A process that dies: everything it does from the given step on is lost. */
function dieAt(step: number): () => void {
  const { create } = accountVerbs;
  if (!create) throw new Error('no verb');
  const real = create.run;
  let done = 0;
  create.run = (...call) => {
    done += 1;
    return done > step ? Promise.reject(new Error('killed')) : real(...call);
  };
  return () => {
    create.run = real;
  };
}

describe('an import that is interrupted', () => {
  it('goes on where it was, opens every account once, and its passwords fit', async () => {
    const id = await confirm(accountTable, head + rows('kill', 25));
    const live = dieAt(13);
    await expect(runTableImport(id)).rejects.toThrow('killed');
    live();
    const half = await after(id, accountTable);
    expect([half.state, half.rowsDone]).toEqual(['running', 10]); // a note every twenty steps; three more are written
    expect(await AccountModel.countDocuments({ userName: { $gte: 'kill.', $lt: 'kill/' } })).toBe(13);
    expect(await passwordsOf(half)).toEqual([]);
    await runTableImport(id);
    const done = await after(id, accountTable);
    expect([done.state, done.rowsDone, done.faults]).toEqual(['done', 25, []]);
    const accounts = await AccountModel.find({ userName: { $gte: 'kill.', $lt: 'kill/' } })
      .sort({ userName: 1 })
      .lean();
    expect(accounts.map(({ grants }) => grants.map(({ role }) => role))).toEqual(accounts.map(() => ['handler']));
    const passwords = await passwordsOf(done);
    expect(passwords.map(({ userName }) => userName)).toEqual(accounts.map(({ userName }) => userName));
    for (const index of [0, 11, 12, 13, 24]) {
      expect(await passwordFits(accounts[index]?.passwordHash, passwords[index]?.password ?? '')).toBe(true);
    }
    const [target] = accounts;
    expect(await AuditEntryModel.countDocuments({ verb: 'account.create', 'target.id': target?._id })).toBe(1);
  });

  it('changes nothing when it runs again, at any point', async () => {
    const id = await confirm(accountTable, head + rows('again', 12));
    await runTableImport(id);
    const stored = async () => JSON.stringify(await AccountModel.find().sort({ _id: 1 }).lean());
    const [before, entries] = [await stored(), await AuditEntryModel.countDocuments()];
    await runTableImport(id);
    for (const tried of [0, 7, 20]) {
      await TableImportModel.updateOne({ _id: id }, { $set: { state: 'running', pass: null, tried, waiting: [] } });
      await runTableImport(id);
      expect((await after(id, accountTable)).state).toBe('done');
    }
    expect([await stored(), await AuditEntryModel.countDocuments()]).toEqual([before, entries]);
  });

  it('puts a tree together whose half is there', async () => {
    const text =
      '全称,上级部门,层级,状态\n滨河社区,青澜市/新城区/滨河街道,社区（村）,在用\n滨河街道,青澜市/新城区,街道（镇）,在用\n新城区,青澜市,区（县级市）,在用';
    const id = await confirm(departmentTable, text);
    await runTableImport(id);
    const leaf = await DepartmentModel.findOne({ name: '滨河社区' }).lean();
    await DepartmentModel.deleteOne({ _id: leaf?._id }); // as if it had not come so far
    await TableImportModel.updateOne({ _id: id }, { $set: { state: 'running', pass: null, tried: 0, waiting: [] } });
    await runTableImport(id);
    const again = await DepartmentModel.find({ name: { $in: ['滨河社区', '滨河街道', '新城区'] } }).lean();
    expect(again).toHaveLength(3);
    expect(again.find(({ name }) => name === '滨河社区')).toEqual(leaf);
  });
});

describe('an import that meets another world than the one looked at', () => {
  it('names the row whose user name was taken meanwhile, and writes the others', async () => {
    const id = await confirm(accountTable, head + rows('taken', 4));
    await createAccount(actor, { userName: 'taken.102', displayName: '别人', departmentId: await cityId() });
    await runTableImport(id);
    const done = await after(id, accountTable);
    expect([done.state, done.rowsDone]).toEqual(['done', 3]);
    expect(done.faults).toMatchObject([{ line: 4, told: { key: 'identity.errors.user-name-taken' } }]);
    expect((await AccountModel.findOne({ userName: 'taken.102' }).lean())?.displayName).toBe('别人');
    expect((await passwordsOf(done)).map(({ userName }) => userName)).toEqual(['taken.100', 'taken.101', 'taken.103']);
  });

  it('stops when whoever confirmed it is no administrator any more', async () => {
    const leaving = await makeStaff({ roles: ['administrator'] });
    const who = await actorFor(leaving);
    const id = await confirm(accountTable, head + rows('left', 3), who);
    await AccountModel.updateOne({ _id: leaving.id }, { $set: { disabled: true } });
    await runTableImport(id);
    const run = await requireImport(id, 'account', who.id);
    expect([run.state, run.failure?.key]).toEqual(['failed', 'transfer.errors.rights-gone']);
    expect(await AccountModel.countDocuments({ userName: 'left.100' })).toBe(0);
  });

  it('says so when it was tried for the last time', async () => {
    const id = await confirm(accountTable, head + rows('last', 3));
    const live = dieAt(1);
    await expect(runTableImport(id, true)).rejects.toThrow('killed');
    live();
    const run = await after(id, accountTable);
    expect([run.state, run.failure?.key]).toEqual(['failed', 'transfer.errors.broke-off']);
    expect((await passwordsOf(run)).map(({ userName }) => userName)).toEqual(['last.100']);
  });
});

it('lets passwords be seen by nobody else and no longer than a day', async () => {
  const id = await confirm(accountTable, head + rows('seen', 2));
  await runTableImport(id);
  const other = await actorFor(await makeStaff({ roles: ['administrator'] }));
  await expect(requireImport(id, 'account', other.id)).rejects.toMatchObject({ status: 404 });
  expect((await ownImports('account', actor.id)).map(({ _id }) => _id)).toContain(id);
  const run = await after(id, accountTable);
  expect(await passwordsOf(run)).toHaveLength(2);
  await ImportStepsModel.updateOne({ _id: id }, { $set: { expiresAt: now() } });
  expect(await passwordsOf(run)).toEqual([]);
});
