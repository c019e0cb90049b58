// node bench/archive.ts — what a reader waits for in the archive of a large interview: the demo's past one (600
// questions) is told in a database of its own, then read through the door of the whole program, one request after another.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'archive-bench-'));
process.env['DATA_FOLDER'] = folder;
process.env['LOG_LEVEL'] ??= 'silent';
process.env['NODE_ENV'] ??= 'test';

const { openDatabase, closeDatabase } = await import('../src/platform/database/connection.ts');
await openDatabase();
const { default: mongoose } = await import('mongoose');
const { prepareFeatures } = await import('../src/prepare.ts');
await prepareFeatures();
const { fillDemoCity } = await import('../src/demo/index.ts');
const { InterviewModel } = await import('../src/interview/interviewModel.ts');
const { QuestionModel } = await import('../src/interview/questionModel.ts');
const { load, measure, ms, say, seconds, timed } = await import('./mailbox/measure.ts');
const { startProgram } = await import('./mailbox/program.ts');

/** The archived interview with the most questions. */
async function largest(): Promise<{ id: string; questions: number }> {
  const archived = await InterviewModel.find({ state: 'archived' }, { _id: 1 }).lean<{ _id: string }[]>();
  const counted = await Promise.all(
    archived.map(async ({ _id }) => ({ id: _id, questions: await QuestionModel.countDocuments({ interviewId: _id }) })),
  );
  return counted.toSorted((one, other) => other.questions - one.questions)[0] ?? { id: '', questions: 0 };
}

/** Gets an address as a browser would and throws when the answer is not what was asked for; gives its size in bytes. */
async function get(address: string): Promise<number> {
  const response = await fetch(address);
  const body = await response.arrayBuffer();
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return body.byteLength;
}

async function read(base: string, id: string): Promise<void> {
  const page = `${base}/interviews/${id}`;
  const lines: [string, string, number][] = [
    ['page, the first questions of each guest', page, 60],
    ['page with the verbatim record', `${page}?view=record`, 60],
    ['search for one word in everything', `${page}?q=${encodeURIComponent('公交')}`, 60],
    ['all questions on one page, to be printed', `${page}?all=1`, 20],
    ['CSV', `${page}/record.csv`, 20],
    ['DOCX', `${page}/record.docx`, 20],
    ['PDF', `${page}/record.pdf`, 20],
  ];
  for (const [name, address, times] of lines) {
    const { result: bytes, wall } = await timed(() => get(address));
    const rest = (await measure(times, () => get(address))).replace(/, CPU.*/, '');
    say(`${name} (${Math.round(bytes / 1_000)} KB)`, ms(wall), rest);
  }
}

try {
  const told = await timed(() => fillDemoCity(() => undefined, { letters: 8 }));
  const { id, questions } = await largest();
  console.log(`${questions} questions, told in ${seconds(told.wall)}; load of the machine before: ${load()}\n`);
  console.log('| what | first reader | p50 / p95 / max |\n|---|---|---|');
  const { host, port, name } = mongoose.connection;
  const program = await startProgram(
    `mongodb://${host}:${port}/${name}?directConnection=true&retryWrites=false`,
    folder,
  );
  try {
    await read(program.base, id);
  } finally {
    await program.stop();
  }
  console.log(`\nload of the machine after: ${load()}`);
} finally {
  await closeDatabase();
  rmSync(folder, { recursive: true, force: true });
}
