import { beforeAll, describe, expect, it } from '@jest/globals';
import { AuditEntryModel } from '../../src/audit/entryModel.ts';
import { AccountModel } from '../../src/identity/accountModel.ts';
import { accountTable } from '../../src/identity/accountTransfer.ts';
import type { Staff } from '../../src/kernel/actor.ts';
import { DepartmentModel } from '../../src/organization/departmentModel.ts';
import { departmentTable } from '../../src/organization/departmentTransfer.ts';
import { forgetDepartments } from '../../src/organization/index.ts';
import { readSheet, type Plan, type Transfer, writeSheet } from '../../src/transfer/index.ts';
import { importTable, requireImport, startTableImport } from '../../src/transfer/startImport.ts';
import { newId } from '../../src/kernel/id.ts';
import { runDueJobs } from '../../src/platform/queue/queue.ts';
import { useApp } from '../support/app.ts';
import { actorFor, cityId, makeDepartment, makeStaff, type TestAccount } from '../support/identity.ts';
import { type Answer, Caller, signIn } from '../support/signIn.ts';

const app = useApp();
let administrator: TestAccount;
let actor: Staff;
let bureau: { id: string; name: string };
let district: { id: string; name: string };

beforeAll(async () => {
  administrator = await makeStaff({ roles: ['administrator'], name: '林静' });
  actor = await actorFor(administrator);
  bureau = await makeDepartment({ name: '市交通局', league: 'departments' });
  district = await makeDepartment({ name: '=海湾区', level: 'district', league: 'districts' });
  await makeDepartment({ name: '教育/体育; 局', level: 'district', parentId: district.id });
  await makeStaff({ name: "'引号", roles: ['clerk', { role: 'handler', departmentId: bureau.id }] });
  await makeStaff({ name: '@某人', departmentId: district.id, roles: ['head'] });
  await makeStaff({ name: '无角色', departmentId: bureau.id });
});

const exported = async (table: Transfer, who: Staff = actor) => writeSheet(table.columns, await table.rows(who));
async function planned(table: Transfer, text: string, who: Staff = actor) {
  const { rows, faults } = await readSheet(text, table.columns, table.needed);
  return faults.length > 0 ? { rows: [], faults, steps: [] } : table.plan(who, rows);
}
/** Confirms a plan and lets the job do it; gives what was refused. */
async function apply(table: Transfer, plan: Plan) {
  const id = newId();
  await startTableImport(actor, table, id, plan);
  await runDueJobs([importTable]);
  return requireImport(id, table.kind, actor.id);
}
const everything = async () =>
  JSON.stringify([
    await DepartmentModel.find().sort({ _id: 1 }).lean(),
    await AccountModel.find({}, { lastSignInAt: 0 }).sort({ _id: 1 }).lean(),
  ]);

/** Uploads a table as the page's form does; gives the preview. */
async function upload(visitor: Caller, base: string, text: string): Promise<{ path: string; preview: Answer }> {
  await visitor.get(`${base}/import`);
  const form = new FormData();
  form.set('file', new Blob([text], { type: 'text/csv' }), 'table.csv');
  form.set('text', '');
  const answer = await visitor.sendForm(`${base}/import`, form);
  const path = answer.headers.get('location') ?? '';
  expect(answer.status).toBe(303);
  return { path, preview: await visitor.get(path) };
}
const seenIn = (text: string) => ({ seen: /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? '' });

describe.each([
  ['departments', departmentTable],
  ['accounts', accountTable],
] as const)('the table of %s', (_, table) => {
  it('changes nothing when what was exported is imported, in either language', async () => {
    const before = await everything();
    for (const language of ['zh-CN', 'en'] as const) {
      const text = await exported(table, { ...actor, language });
      const plan = await planned(table, text);
      expect(plan.faults).toEqual([]);
      expect(plan.rows.length).toBeGreaterThan(3);
      expect(plan.rows.filter((row) => row.outcome !== 'unchanged')).toEqual([]);
      expect(plan.steps).toEqual([]);
    }
    expect(await everything()).toBe(before);
  });

  it('is closed to officials who are no administrators', async () => {
    const clerk = await signIn(app, await makeStaff({ roles: ['clerk', 'head'] }));
    for (const page of ['import', 'export.csv', 'import/abc']) {
      expect((await clerk.get(`${table.base}/${page}`)).status).toBe(403);
    }
  });

  it('shows to an administrator of a branch that branch and nothing else', async () => {
    const local = await actorFor(await makeStaff({ departmentId: district.id, roles: ['administrator'] }));
    const rows = await table.rows(local);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('市交通局');
  });
});

describe('importing departments', () => {
  it('creates children before or after their parents, renames, moves and retires, and a second time nothing', async () => {
    const home = await cityId();
    const text = [
      '编号,全称,上级部门,层级,状态',
      ',滨海街道,青澜市/新区,街道（镇）,在用',
      ',新区,青澜市,区（县级市）,',
      `${bureau.id},市交通运输局,青澜市,市,在用`,
    ].join('\n');
    const plan = await planned(departmentTable, text);
    expect(plan.faults).toEqual([]);
    expect(plan.rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'new'],
      [3, 'new'],
      [4, 'changed'],
    ]);
    expect(plan.rows[2]?.changes).toEqual([{ column: 'name', before: '市交通局', after: '市交通运输局' }]);
    expect((await apply(departmentTable, plan)).faults).toEqual([]);
    const [area, street] = [
      await DepartmentModel.findOne({ name: '新区' }).lean(),
      await DepartmentModel.findOne({ name: '滨海街道' }).lean(),
    ];
    expect([area?.parentId, street?.parentId]).toEqual([home, area?._id]);
    forgetDepartments();
    expect((await planned(departmentTable, text)).steps).toEqual([]);
    const end = `编号,全称,状态\n${street?._id ?? ''},滨海街道,已撤销\n${area?._id ?? ''},新区,已撤销`;
    const ending = await planned(departmentTable, end);
    expect(ending.faults).toEqual([]);
    expect((await apply(departmentTable, ending)).faults).toEqual([]);
    expect((await DepartmentModel.findById(area?._id).lean())?.active).toBe(false);
  });

  it.each([
    ['no parent', ',甲,青澜市/没有,市,在用', 'parent', 'organization.errors.no-parent'],
    ['a second root', ',甲,,市,在用', 'parent', 'organization.errors.root-exists'],
    ['a level above its parent', ',甲,青澜市/=海湾区,市,在用', 'level', 'organization.errors.level'],
    ['a word that is no level', ',甲,青澜市,省,在用', 'level', 'transfer.errors.unknown-word'],
    ['an unknown identifier', 'nowhere,甲,青澜市,市,在用', 'id', 'organization.errors.no-department'],
    ['no name', ',,青澜市,市,在用', 'name', 'errors.required'],
  ])('tells row and column of %s', async (_, row, column, key) => {
    const { faults } = await planned(departmentTable, `编号,全称,上级部门,层级,状态\n${row}`);
    expect(faults).toContainEqual(expect.objectContaining({ line: 2, column, told: expect.objectContaining({ key }) }));
  });

  it('finds circles, twins and departments that are still needed', async () => {
    const child = await DepartmentModel.findOne({ parentId: district.id }).lean();
    const rows = [
      `${district.id},=海湾区,#${child?._id ?? ''},区（县级市）,在用`,
      `${bureau.id},市交通运输局,青澜市,市,已撤销`,
      ',同名,青澜市,市,在用',
      ',同名,青澜市,市,在用',
    ];
    const keys = async (...some: string[]) =>
      (await planned(departmentTable, ['编号,全称,上级部门,层级,状态', ...some].join('\n'))).faults.map(
        ({ told }) => told.key,
      );
    expect(await keys(rows[0] ?? '')).toContain('organization.errors.circle');
    expect(await keys(rows[1] ?? '')).toContain('identity.errors.department-has-accounts');
    expect(await keys(rows[2] ?? '', rows[3] ?? '')).toContain('transfer.errors.row-twice');
  });
});

describe('importing accounts', () => {
  it('previews, writes nothing while a row is wrong, and says which row and column', async () => {
    const visitor = await signIn(app, administrator);
    const before = await everything();
    const text = '用户名,姓名,所属部门,角色\nfine.one,好,青澜市,承办人\nBad Name,坏,青澜市/没有这个,承办人';
    const { path, preview } = await upload(visitor, '/office/accounts', text);
    expect(preview.text).toContain('第 3 行');
    expect(preview.text).toContain('没有这个部门');
    expect(preview.text).not.toContain('name="seen"');
    expect((await visitor.post(path, { seen: 'forged' })).status).toBe(409);
    expect(await everything()).toBe(before);
  });

  it('opens accounts with one-time passwords shown once, and a second time changes nothing', async () => {
    const visitor = await signIn(app, administrator);
    const text =
      '用户名,姓名,所属部门,角色,状态\nnew.one,新一,青澜市,承办人; 部门负责人@青澜市/=海湾区,正常\nnew.two,新二,青澜市,,已停用';
    const { path, preview } = await upload(visitor, '/office/accounts', text);
    expect((await visitor.post(path, seenIn(preview.text))).location).toBe(path);
    const going = await visitor.get(path);
    expect(going.text).toContain('data-follow="2"');
    expect(going.text).toContain('已写入 0 / 2 行');
    expect(going.text).not.toContain('passwords.csv');
    await runDueJobs([importTable]);
    const done = await visitor.get(path);
    expect(done.headers.get('cache-control')).toBe('no-store');
    expect(done.text).not.toContain('data-follow');
    const file = await visitor.get(`${path}/passwords.csv`);
    expect(file.headers.get('cache-control')).toBe('no-store');
    const password = /new\.one,新一,(\S+)/.exec(file.text)?.[1] ?? '';
    expect(done.text).toContain(password);
    expect((await visitor.post(path, seenIn(preview.text))).location).toBe(path);
    expect(await runDueJobs([importTable])).toBe(0);
    const account = await AccountModel.findOne({ userName: 'new.one' }).lean();
    expect(account?.grants.map(({ role }) => role).sort()).toEqual(['handler', 'head']);
    expect((await AccountModel.findOne({ userName: 'new.two' }).lean())?.disabled).toBe(true);
    const newcomer = new Caller(app);
    await newcomer.get('/office/sign-in');
    expect((await newcomer.post('/office/sign-in', { userName: 'new.one', password })).location).toBe(
      '/office/sign-in/password',
    );
    expect(await AuditEntryModel.countDocuments({ verb: 'account.create', 'target.label': '新一' })).toBe(1);
    expect(await AuditEntryModel.countDocuments({ verb: 'account.import' })).toBe(1);
    expect((await upload(visitor, '/office/accounts', text)).preview.text).toContain('没有要改的');
  });

  it('carries the work e-mail, keeps it where the column is left out, and takes it away by an empty cell', async () => {
    const emailOf = async (userName: string) => (await AccountModel.findOne({ userName }).lean())?.email;
    const write = async (text: string) => {
      const plan = await planned(accountTable, text);
      expect(plan.faults).toEqual([]);
      expect((await apply(accountTable, plan)).faults).toEqual([]);
    };
    await write('用户名,姓名,所属部门,工作邮箱\nwith.mail,有信,青澜市,Duty@Qinglan.example');
    expect(await emailOf('with.mail')).toBe('duty@qinglan.example');
    expect(await exported(accountTable)).toContain('with.mail,有信,青澜市,duty@qinglan.example');
    await write('用户名,姓名\nwith.mail,改了名');
    expect(await emailOf('with.mail')).toBe('duty@qinglan.example');
    await write('用户名,工作邮箱\nwith.mail,');
    expect(await emailOf('with.mail')).toBe('');
    const { faults } = await planned(accountTable, '用户名,工作邮箱\nwith.mail,不是邮箱');
    expect(faults).toMatchObject([{ line: 2, column: 'workEmail', told: { key: 'organization.errors.email' } }]);
  });

  it('applies what was looked at and nothing else', async () => {
    const visitor = await signIn(app, administrator);
    const account = await makeStaff({ name: '原名' });
    const { path, preview } = await upload(visitor, '/office/accounts', `用户名,姓名\n${account.userName},新名`);
    expect(preview.text).toContain('<del>原名</del>');
    await AccountModel.updateOne({ _id: account.id }, { $set: { displayName: '别人改的' }, $inc: { revision: 1 } });
    const answer = await visitor.post(path, seenIn(preview.text));
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('别人改的');
    expect((await visitor.post(path, seenIn(answer.text))).status).toBe(303);
    await runDueJobs([importTable]);
    expect((await AccountModel.findById(account.id).lean())?.displayName).toBe('新名');
  });

  it('belongs to whoever brought it', async () => {
    const visitor = await signIn(app, administrator);
    const { path } = await upload(visitor, '/office/accounts', '用户名,姓名\nnobody.new,某');
    const other = await signIn(app, await makeStaff({ roles: ['administrator'] }));
    expect((await other.get(path)).status).toBe(404);
  });

  it('lets nobody shut themselves out or reach beyond their branch', async () => {
    const keys = async (who: Staff, row: string) =>
      (await planned(accountTable, `用户名,姓名,所属部门,角色,状态\n${row}`, who)).faults.map(({ told }) => told.key);
    expect(await keys(actor, `${administrator.userName},林静,青澜市,系统管理员,已停用`)).toContain(
      'identity.errors.own-account',
    );
    expect(await keys(actor, `${administrator.userName},林静,青澜市,,正常`)).toContain('identity.errors.own-last-role');
    const local = await actorFor(await makeStaff({ departmentId: district.id, roles: ['administrator'] }));
    expect(await keys(local, `${administrator.userName},林静,青澜市/=海湾区,,正常`)).toEqual([
      'identity.errors.user-name-taken',
    ]);
    expect(await keys(local, 'reach.far,某,青澜市/=海湾区,系统管理员@青澜市,正常')).toContain('errors.forbidden');
  });
});

it('exports as a file, and the trail knows who took it', async () => {
  const visitor = await signIn(app, administrator);
  for (const [base, verb] of [
    ['/office/accounts', 'account.export'],
    ['/office/departments', 'department.export'],
  ] as const) {
    const answer = await visitor.get(`${base}/export.csv`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toContain('.csv');
    expect(answer.text).not.toContain('argon2');
    expect(await AuditEntryModel.countDocuments({ verb, 'who.id': administrator.id })).toBe(1);
  }
});
