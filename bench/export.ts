// node bench/export.ts [letters] — what an export of the archive costs: so many letters of one month as CSV and as a
// workbook, each in a process of its own that does nothing else: time, peak of its memory, longest time for which its
// event loop stood still. Beside it the same number of rows by a library that builds the workbook whole.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figures } from './export/writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'export-bench-'));
process.env['DATA_FOLDER'] = folder;
process.env['LOG_LEVEL'] ??= 'silent';
process.env['NODE_ENV'] ??= 'test';
const total = Number(process.argv[2] ?? 100_000);

const { openDatabase, closeDatabase } = await import('../src/platform/database/connection.ts');
await openDatabase();
const { default: mongoose } = await import('mongoose');
const { prepareFeatures } = await import('../src/prepare.ts');
await prepareFeatures();
const { fillCity } = await import('./mailbox/city.ts');
const { load, seconds } = await import('./mailbox/measure.ts');
const { LetterModel } = await import('../src/mailbox/letterModel.ts');
const { newId } = await import('../src/kernel/id.ts');
const { storeSetting } = await import('../src/platform/settings.ts');

/** All in October 2026, as the archive is read by month. */
async function fill(): Promise<void> {
  await fillCity(2_000, 0);
  const samples = await LetterModel.find().lean<{ _id: string }[]>();
  await LetterModel.collection.deleteMany({});
  const first = Date.parse('2026-10-01T00:00:00+08:00');
  for (let made = 0; made < total; made += samples.length) {
    const letters = samples.slice(0, total - made).map((letter, place) => ({
      ...letter,
      _id: newId(),
      number: `2026-${1_000_000 + made + place}`,
      formKeyHash: newId(20),
      submittedAt: new Date(first + ((made + place) / total) * 31 * 86_400_000),
    }));
    await LetterModel.collection.insertMany(letters as never[], { ordered: false });
  }
  await storeSetting('mailbox-office.export-rows-max', 200_000, 'bench');
}

async function run(what: string): Promise<Figures> {
  const { host, port, name } = mongoose.connection;
  const env = { ...process.env, MONGODB_URI: `mongodb://${host}:${port}/${name}?directConnection=true` };
  const child = fork(fileURLToPath(new URL('./export/writer.ts', import.meta.url)), [what, String(total)], { env });
  const [figures] = (await once(child, 'message')) as [Figures];
  await once(child, 'exit');
  return figures;
}

try {
  await fill();
  console.log(`${total} letters; load of the machine before: ${load()}\n`);
  console.log(
    '| file | rows | size | time | CPU | peak memory, before it | event loop at most, p99 |\n|---|---|---|---|---|---|---|',
  );
  for (const what of ['csv', 'xlsx', 'whole']) {
    const { rows, bytes, wall, cpu, peak, before, longest, p99 } = await run(what);
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    console.log(
      `| ${what} | ${rows} | ${size} | ${seconds(wall)} | ${seconds(cpu)} | ${peak} MB, ${before} MB | ${longest.toFixed(0)} ms, ${p99.toFixed(0)} ms |`,
    );
  }
  console.log(`\nload of the machine after: ${load()}`);
} finally {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
}
