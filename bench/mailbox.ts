// node bench/mailbox.ts [letters] [open] — the mailbox at the size of a city, on a database of its own that is thrown
// away afterwards. Prints one line a figure. Texts are mixed from ../shared/data where that is there.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Staff } from '../src/kernel/actor.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailbox-bench-'));
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
const mailbox = await import('../src/mailbox/index.ts');
const { fillPublicIndex } = await import('../src/mailbox/publicIndex.ts');
const { publicLetters, similarPublic } = await import('../src/mailbox/publicQueries.ts');
const { archivePage } = await import('../src/mailbox/queries.ts');
const { sweepLetters } = await import('../src/mailbox/sweep.ts');
const { workingCalendar } = await import('../src/calendar/index.ts');
const { cityDay, isWorkingDay } = await import('../src/kernel/calendar.ts');
const { now } = await import('../src/kernel/time.ts');
const { storeSetting } = await import('../src/platform/settings.ts');

const say = (name: string, value: string) => console.log(`| ${name} | ${value} |`);
const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

async function measure(times: number, run: (index: number) => Promise<unknown>): Promise<string> {
  const took: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const begun = performance.now();
    await run(index);
    took.push(performance.now() - begun);
  }
  took.sort((one, other) => one - other);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return `${ms(at(0.5))} / ${ms(at(0.95))} / ${ms(at(1))}`;
}

const official = (role: 'clerk' | 'handler' | 'supervisor', path: string[]): Staff => ({
  kind: 'staff',
  id: `bench-${role}`,
  name: role,
  language: 'zh-CN',
  requestId: 'bench',
  roles: [{ role, departmentId: path.at(-1) ?? '', departmentPath: path }],
});

try {
  let begun = performance.now();
  await fillCity(total, open);
  say(`${total} letters, ${open} open, written`, `${Math.round((performance.now() - begun) / 1000)} s`);
  const clerk = official('clerk', ['city']);
  begun = performance.now();
  await mailbox.queuePage(clerk, {});
  say('first queue page after a start', ms(performance.now() - begun));
  const queues = ['intake', 'to-assign', 'overdue', 'all', 'due-soon', 'to-release'];
  const sorts = ['due', 'newest', 'oldest'];
  const kinds = ['', 'complaint', 'help'];
  say(
    'queue page with counts, clerk (p50 / p95 / max)',
    await measure(300, (index) =>
      mailbox.queuePage(clerk, { queue: queues[index % 6], sort: sorts[index % 3], kind: kinds[index % 3] }),
    ),
  );
  const handler = official('handler', departments[3]?.path ?? ['city']);
  say(
    'queue page with counts, handler',
    await measure(300, (index) => mailbox.queuePage(handler, { sort: sorts[index % 3] })),
  );
  say(
    'archive page of a month',
    await measure(40, (index) => archivePage(clerk, { department: departments[index % 30]?.path[1] })),
  );
  begun = performance.now();
  await fillPublicIndex();
  say('index of public letters, filled behind the scenes', `${((performance.now() - begun) / 1000).toFixed(1)} s`);
  const words = ['小区 物业', '公交线路', '噪音扰民', '水压不足', '学校 入学', '公积金提取', '路灯', '拆迁补偿'];
  say(
    'search of public letters',
    await measure(200, (index) => publicLetters({ search: words[index % words.length] })),
  );
  say('page of public letters', await measure(50, () => publicLetters({})));
  say('similar answers while writing', await measure(200, () => similarPublic(randomText())));
  await storeSetting('web.limit-letter-plain-person', 1_000_000, 'bench');
  await storeSetting('web.limit-letter-plain-address', 1_000_000, 'bench');
  await submitOverHttp();
  // A working day, or the timetable would rest
  const { setClock } = await import('../src/kernel/time.ts');
  while (!isWorkingDay(await workingCalendar(), cityDay(now()))) {
    const later = new Date(now().getTime() + 86_400_000);
    setClock(() => later);
  }
  begun = performance.now();
  const first = await sweepLetters();
  say(
    `timetable over ${first.looked} open letters, ${first.steps} steps due`,
    `${((performance.now() - begun) / 1000).toFixed(1)} s`,
  );
  begun = performance.now();
  const second = await sweepLetters();
  say(`… again, ${second.steps} steps`, `${((performance.now() - begun) / 1000).toFixed(1)} s`);
  globalThis.gc?.();
  say('memory of the program', `${Math.round(process.memoryUsage.rss() / 1e6)} MB`);
} finally {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
}

/** Sixteen clients in a process of their own write letters through the pages. */
async function submitOverHttp(): Promise<void> {
  const { createApp } = await import('../src/app.ts');
  const server = createServer(createApp());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = fork(join(import.meta.dirname, 'mailbox/writers.ts'), [base, '16', '10']);
  const result = await new Promise<string>((resolve) => child.once('message', (text) => resolve(String(text))));
  say('letters over HTTP, durable, 16 clients', result);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
