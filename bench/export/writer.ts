// Writes one export and tells its parent what that cost. Arguments: csv, xlsx or whole; how many rows `whole` has.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import writeExcel from 'write-excel-file/node';
import type { Staff } from '../../src/kernel/actor.ts';
import { exportArchive } from '../../src/mailbox/office/export.ts';
import { closeDatabase, openDatabase } from '../../src/platform/database/connection.ts';
import { loadSettings } from '../../src/platform/settings.ts';

export interface Figures {
  rows: number;
  bytes: number;
  wall: number;
  cpu: number;
  /** Of memory, in megabytes: the highest, and what the process had before it began. */
  peak: number;
  before: number;
  /** Of the event loop's delay, in milliseconds. */
  longest: number;
  p99: number;
}

const [what = '', total = '0'] = process.argv.slice(2);
const clerk: Staff = {
  kind: 'staff',
  id: 'bench-clerk',
  name: 'clerk',
  language: 'zh-CN',
  requestId: 'bench',
  roles: [{ role: 'clerk', departmentId: 'city', departmentPath: ['city'] }],
};

/** Reads the file away as fast as it comes, as a browser near by does; gives its size and, of text, its lines. */
async function readAway(body: AsyncIterable<Buffer | string>): Promise<{ bytes: number; lines: number }> {
  let [bytes, lines] = [0, 0];
  for await (const piece of body) {
    bytes += Buffer.byteLength(piece);
    if (typeof piece === 'string') lines += piece.split('\n').length - 1;
    else if (what === 'csv') lines += piece.filter((byte) => byte === 10).length;
  }
  return { bytes, lines };
}

/** The same columns in a library that needs all of them at once. */
async function whole(rows: number): Promise<number> {
  const texts = [
    '2026-1000000',
    '小区二次供水水压不足，早晚都洗不了澡',
    '投诉',
    '统一信箱',
    '网上',
    '供水',
    '一般',
    '已办结',
  ];
  const line = [...texts, '第7局', '李四', '2026-10-03 09:12', '2026-10-14 17:00', '黄牌'];
  const cells = Array.from({ length: rows }, (_, place) =>
    line.map((text) => ({ value: `${text}${place % 977}`, type: String })),
  );
  return (await writeExcel(cells, { sheet: 'letters' }).toBuffer()).length;
}

await openDatabase();
await loadSettings();
await sleep(500);
const before = Math.round(process.memoryUsage.rss() / 1e6);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
await sleep(20); // its clock runs before the work begins
const [begun, cpuBefore] = [performance.now(), process.cpuUsage()];
const format = what === 'csv' ? 'csv' : 'xlsx';
const { bytes, lines } =
  what === 'whole'
    ? { bytes: await whole(Number(total)), lines: 0 }
    : await readAway((await exportArchive(clerk, { month: '2026-10' }, format)).body);
await sleep(20);
delay.disable();
const cpu = process.cpuUsage(cpuBefore);
const figures: Figures = {
  rows: lines > 0 ? lines - 1 : Number(total),
  bytes,
  wall: performance.now() - begun,
  cpu: (cpu.user + cpu.system) / 1000,
  peak: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
  before,
  longest: delay.max / 1e6,
  p99: delay.percentile(99) / 1e6,
};
process.send?.(figures);
await closeDatabase();
process.disconnect();
