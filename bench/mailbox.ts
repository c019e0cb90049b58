// node bench/mailbox.ts [letters] [open] — the mailbox at the size of a city, on a database of its own that is thrown
// away afterwards (BENCH_FOLDER keeps it, and uses it again). Prints one line a figure: what, wanted, measured. Texts
// are mixed from ../shared/data where that is there.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Staff } from '../src/kernel/actor.ts';

const kept = process.env['BENCH_FOLDER'];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'mailbox-bench-'));
mkdirSync(folder, { recursive: true });
process.env['DATA_FOLDER'] = folder;
process.env['LOG_LEVEL'] ??= 'silent';
process.env['NODE_ENV'] ??= 'test';
const total = Number(process.argv[2] ?? 100_000);
const open = Number(process.argv[3] ?? 5_000);

const { openDatabase, closeDatabase } = await import('../src/platform/database/connection.ts');
await openDatabase();
const { prepareFeatures } = await import('../src/prepare.ts');
await prepareFeatures();
const { fillCity, randomText, departments } = await import('./mailbox/city.ts');
const { load, measure, memoryOf, ms, say, seconds, timed } = await import('./mailbox/measure.ts');
const { databasePid, measureProgram } = await import('./mailbox/overHttp.ts');
const mailbox = await import('../src/mailbox/index.ts');
const { fillPublicIndex } = await import('../src/mailbox/publicIndex.ts');
const { publicLetters, similarPublic } = await import('../src/mailbox/publicQueries.ts');
const { archivePage } = await import('../src/mailbox/archive.ts');
const { sweepLetters } = await import('../src/mailbox/sweep.ts');
const { workingCalendar } = await import('../src/calendar/index.ts');
const { cityDay, isWorkingDay } = await import('../src/kernel/calendar.ts');
const { now, setClock } = await import('../src/kernel/time.ts');
const { storeSetting } = await import('../src/platform/settings.ts');

const official = (role: 'clerk' | 'handler', path: string[]): Staff => ({
  kind: 'staff',
  id: `bench-${role}`,
  name: role,
  language: 'zh-CN',
  requestId: 'bench',
  roles: [{ role, departmentId: path.at(-1) ?? '', departmentPath: path }],
});
const clerk = official('clerk', ['city']);
const begun = performance.now();

try {
  console.log(
    `load of the machine before: ${load()}\n\n| figure | wanted | p50 / p95 / max, or as said |\n|---|---|---|`,
  );
  await fill();
  await queues();
  await publicSide();
  // Limits of one person and one address are not what is measured here
  for (const limit of ['letter-plain-person', 'letter-plain-address', 'letter-similar-person'])
    await storeSetting(`web.limit-${limit}`, 1_000_000, 'bench');
  await measureProgram(folder);
  await timetable();
  say('memory of the database', '', `${memoryOf(databasePid())} MB`);
  console.log(`\n${seconds(performance.now() - begun)} in all; load of the machine after: ${load()}`);
} finally {
  await closeDatabase();
  if (!kept) rmSync(folder, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  const mark = join(folder, 'filled');
  if (kept && existsSync(mark)) return;
  const { wall } = await timed(() => fillCity(total, open));
  if (kept) writeFileSync(mark, '');
  say(`${total} letters, ${open} open, written`, '', seconds(wall));
}

async function queues(): Promise<void> {
  const first = await timed(() => mailbox.queuePage(clerk, {}));
  say('first queue page after a start', '', ms(first.wall));
  const names = ['intake', 'to-assign', 'overdue', 'all', 'due-soon', 'to-release'];
  const sorts = ['due', 'newest', 'oldest'];
  const kinds = ['', 'complaint', 'help'];
  const pages = await measure(300, (index) =>
    mailbox.queuePage(clerk, { queue: names[index % 6], sort: sorts[index % 3], kind: kinds[index % 3] }),
  );
  say('queue page with the counts of all queues, clerk', 'p95 < 50 ms', pages);
  const handler = official('handler', departments[3]?.path ?? ['city']);
  const desk = await measure(300, (index) => mailbox.queuePage(handler, { sort: sorts[index % 3] }));
  say('queue page, handler', 'p95 < 50 ms', desk);
  const archive = (index: number) => archivePage(clerk, { department: departments[index % 30]?.path[1] });
  say('archive page of a month', '', await measure(40, archive));
}

async function publicSide(): Promise<void> {
  const { wall, cpu } = await timed(fillPublicIndex);
  say(
    'public letters taken into memory from the database, behind the scenes',
    '',
    `${seconds(wall)}, CPU ${seconds(cpu)}`,
  );
  const words = ['小区 物业', '公交线路', '噪音扰民', '水压不足', '学校 入学', '公积金提取', '路灯', '拆迁补偿'];
  const search = (index: number) => publicLetters({ search: words[index % words.length] });
  say('search of public letters', 'p95 < 100 ms', await measure(200, search));
  const filters = [{}, { kind: 'complaint' }, { department: 'd3' }, { kind: 'help', department: 'd7' }];
  const list = (index: number) => publicLetters(filters[index % 4] ?? {});
  say('list of public letters, by kind and department', 'p95 < 100 ms', await measure(200, list));
  say('similar answers while writing', 'p95 < 100 ms', await measure(200, () => similarPublic(randomText())));
}

async function timetable(): Promise<void> {
  // A working day, or the timetable would rest
  while (!isWorkingDay(await workingCalendar(), cityDay(now()))) {
    const later = new Date(now().getTime() + 86_400_000);
    setClock(() => later);
  }
  const first = await timed(sweepLetters);
  const { looked, steps } = first.result;
  const told = (one: { wall: number; cpu: number }) => `${seconds(one.wall)}, CPU ${seconds(one.cpu)}`;
  say(`timetable over ${looked} open letters, ${steps} steps due`, '< 5 s', told(first));
  const second = await timed(sweepLetters);
  say(`… again, ${second.result.steps} steps`, 'changes nothing', told(second));
}
