// node bench/accountImport.ts [rows] — an import of so many accounts, each with a role, on a database of its own that is
// thrown away afterwards: how long the look at the file and the job take, and for how long the process answers nobody.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Staff } from '../src/kernel/actor.ts';
import { load, ms, say, timed } from './mailbox/measure.ts';

const folder = mkdtempSync(join(tmpdir(), 'account-import-'));
process.env['DATA_FOLDER'] = folder;
process.env['LOG_LEVEL'] ??= 'silent';
process.env['NODE_ENV'] ??= 'test';
const rows = Number(process.argv[2] ?? 2_000);

const { openDatabase, closeDatabase } = await import('../src/platform/database/connection.ts');
await openDatabase();
const { prepareFeatures } = await import('../src/prepare.ts');
await prepareFeatures();
const { newId } = await import('../src/kernel/id.ts');
const { systemActor } = await import('../src/kernel/actor.ts');
const { createDepartment } = await import('../src/organization/index.ts');
const { createAccount, identify } = await import('../src/identity/index.ts');
const { accountTable } = await import('../src/identity/accountTransfer.ts');
const { AccountModel } = await import('../src/identity/accountModel.ts');
const { readSheet } = await import('../src/transfer/index.ts');
const { passwordsOf } = await import('../src/transfer/passwords.ts');
const { runTableImport } = await import('../src/transfer/runImport.ts');
const { requireImport, startTableImport } = await import('../src/transfer/startImport.ts');

/** Time, CPU of the process and the longest pause of the event loop, in one line of the table. */
async function told<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const { result, wall, cpu } = await timed(run);
  await new Promise((resolve) => setTimeout(resolve, 30)); // a pause is seen when it is over
  delay.disable();
  say(
    name,
    '',
    `${ms(wall)}, CPU ${ms(cpu)}; longest pause ${ms(delay.max / 1e6)}, p99 ${ms(delay.percentile(99) / 1e6)}`,
  );
  return result;
}

try {
  console.log(`load of the machine before: ${load()}\n\n| figure | wanted | measured |\n|---|---|---|`);
  const system = systemActor('bench');
  const city = await createDepartment(system, { name: '青澜市', level: 'city' });
  const fields = { departmentId: city.id, role: 'administrator' };
  const { id } = await createAccount(system, { userName: 'bench.admin', displayName: '管理员', ...fields });
  await AccountModel.updateOne({ _id: id }, { $set: { mustChangePassword: false } });
  const person = await identify({ kind: 'staff', id });
  const actor = { ...person, language: 'zh-CN', requestId: 'bench' } as Staff;
  const text = ['用户名,姓名,所属部门,工作邮箱,角色']
    .concat(Array.from({ length: rows }, (_, index) => `o.${index},某${index},青澜市,o${index}@qinglan.example,承办人`))
    .join('\n');
  const plan = await told(`looking at ${rows} accounts`, async () => {
    const sheet = await readSheet(text, accountTable.columns, accountTable.needed);
    return accountTable.plan(actor, sheet.rows);
  });
  const importId = newId();
  await told('confirming', () => startTableImport(actor, accountTable, importId, plan));
  await told(`writing ${rows} accounts with a role each`, () => runTableImport(importId));
  const run = await requireImport(importId, 'account', actor.id);
  const passwords = await told('giving out the passwords', () => passwordsOf(run));
  say('written, refused, passwords', '', `${run.rowsDone}, ${run.faults.length}, ${passwords.length}`);
  await told(`looking at the same ${rows} again`, async () => {
    const sheet = await readSheet(text, accountTable.columns, accountTable.needed);
    return accountTable.plan(actor, sheet.rows);
  });
  console.log(`\nload of the machine after: ${load()}`);
} finally {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
