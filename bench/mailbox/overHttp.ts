import { fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { LetterModel, publishLetter, type Letter } from '../../src/mailbox/index.ts';
import { actorFor, makeStaff } from '../../test/support/identity.ts';
import { staffCookie } from '../../test/support/staffSession.ts';
import { Visitor } from '../../test/support/visitor.ts';
import { cpuOf, load, measure, memoryOf, ms, say, seconds } from './measure.ts';
import { startProgram, type Program } from './program.ts';

interface Written {
  letters: number;
  rate: number;
  p50: number;
  p95: number;
  max: number;
  refused: number;
  cpuSeconds: number;
}

/** Everything that is measured at the door of the running program. */
export async function measureProgram(dataFolder: string): Promise<void> {
  const { host, port } = mongoose.connection;
  const uri = `mongodb://${host}:${port}/${mongoose.connection.name}?directConnection=true&retryWrites=false`;
  const clerk = await makeStaff({ roles: ['clerk'] });
  let program = await startProgram(uri, dataFolder);
  try {
    await untilComplete(program, 'the first start, from the file of this bench');
    await publicPages(program);
    await officePages(program, clerk.id);
    await freshness(program, clerk.id);
    await similarWarm(program);
    say('memory of the program, with its pages and jobs', '< 600 MB', `${memoryOf(program.pid)} MB`);
    await letters(program);
    say('memory of the program after that', '< 600 MB', `${memoryOf(program.pid)} MB`);
    await program.stop();
    program = await startProgram(uri, dataFolder);
    await untilComplete(program, 'a restart');
  } finally {
    await program.stop();
  }
}

/** How long people would be told that not everything is found yet. */
async function untilComplete({ base }: Program, when: string): Promise<void> {
  const begun = performance.now();
  let first = 0;
  for (;;) {
    const response = await fetch(`${base}/api/v1/letters?search=${encodeURIComponent('小区 物业')}`);
    const { complete } = (await response.json()) as { complete: boolean };
    first ||= performance.now() - begun;
    if (complete) break;
    await sleep(50);
  }
  const value = `first answer ${ms(first)}, complete after ${ms(performance.now() - begun)}`;
  say(`search of public letters after ${when}`, 'no rebuild in front of users', value);
}

async function publicPages({ base }: Program): Promise<void> {
  const get = async (path: string) => {
    const response = await fetch(base + path, { headers: { accept: 'text/html' } });
    await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
  };
  const searches = ['小区物业', '公交线路', '噪音扰民', '水压不足', '学校入学'].map((words) =>
    encodeURIComponent(words),
  );
  const before = Date.now() - 40 * 86_400_000;
  const paths = ['', 'kind=complaint', 'department=d3', 'kind=help&department=d7', `before=${before}`];
  const lists = await measure(150, (index) => get(`/letters?${paths[index % paths.length] ?? ''}`));
  say('page of public letters over HTTP: all, by kind, department, both, later page', 'p95 < 100 ms', lists);
  const found = await measure(150, (index) => get(`/letters?search=${searches[index % searches.length] ?? ''}`));
  say('page with a search over HTTP', 'p95 < 100 ms', found);
}

async function officePages({ base }: Program, clerkId: string): Promise<void> {
  const clerk = new Visitor(base);
  const { name, value } = await staffCookie(clerkId);
  clerk.setCookie(name, decodeURIComponent(value));
  const queues = ['intake', 'to-assign', 'overdue', 'all', 'due-soon', 'to-release'];
  await clerk.open('/office/letters?queue=all');
  const pages = await measure(150, async (index) => {
    const { status } = await clerk.open(`/office/letters?queue=${queues[index % 6] ?? ''}`);
    if (status !== 200) throw new Error(`queue page: ${status}`);
  });
  say('queue page over HTTP, drawn, clerk', 'p95 < 50 ms', pages);
}

/** A letter is made public in this process; the program, another one, must find it. */
async function freshness({ base }: Program, clerkId: string): Promise<void> {
  const clerk = await actorFor({ id: clerkId });
  const private_ = await LetterModel.find({ state: 'closed', closeAt: null }, { visibility: 1 })
    .limit(400)
    .lean<Letter[]>();
  const took: number[] = [];
  for (const { _id } of private_.filter(({ visibility }) => visibility === 'private').slice(0, 12)) {
    const word = `zz${_id.toLowerCase().replace(/[^a-z0-9]/g, '')}`;
    await LetterModel.collection.updateOne({ _id: _id as never }, { $set: { title: `关于${word}的来信` } });
    await publishLetter(clerk, { letterId: _id, visibility: 'public', spans: { title: [], body: [], reply: [] } });
    const begun = performance.now();
    for (;;) {
      const response = await fetch(`${base}/api/v1/letters?search=${word}`);
      const { letters } = (await response.json()) as { letters: { title: string }[] };
      if (letters.some(({ title }) => title.includes(word))) break;
      await sleep(20);
    }
    took.push(performance.now() - begun);
  }
  took.sort((one, other) => one - other);
  say(
    'public → found in another process',
    '< 2 s',
    `${ms(took[took.length >> 1] ?? 0)}, longest ${ms(took.at(-1) ?? 0)}`,
  );
}

/** The tables behind similar letters and suggested departments are filled before memory is read. */
async function similarWarm({ base }: Program): Promise<void> {
  const text = encodeURIComponent('小区二次供水水压不足，每天早晚都停水，请问什么时候能修好');
  for (let turn = 0; turn < 20; turn += 1) {
    await fetch(`${base}/letters/similar?text=${text}`);
    await sleep(500);
  }
}

/** Sixteen people write, in a process of their own. */
async function letters({ base, pid }: Program): Promise<void> {
  const time = 15;
  const database = databasePid();
  const child = fork(join(import.meta.dirname, 'writers.ts'), [base, '16', String(time)]);
  let before = { database: 0, program: 0, clients: 0 };
  const result = await new Promise<Written>((resolve) => {
    child.on('message', (told: Written | { begin: true }) => {
      if ('begin' in told) before = { database: cpuOf(database), program: cpuOf(pid), clients: cpuOf(child.pid ?? 0) };
      else resolve(told);
    });
  });
  const { rate, p50, p95, max, refused } = result;
  const share = (cpu: number) => `${Math.round(cpu / time / 10)} %`;
  const clients = result.cpuSeconds * 1000 - before.clients;
  const cpu = `CPU of one core: program ${share(cpuOf(pid) - before.program)}, database ${share(cpuOf(database) - before.database)}, clients ${share(clients)}`;
  const value = `${rate}/s, p50 / p95 / max ${p50} / ${p95} / ${max} ms, ${refused} refused; ${cpu}; load ${load()}`;
  say(`letters over HTTP, durable, 16 clients, ${seconds(time * 1000)}, jobs running`, '≥ 300/s, p95 < 150 ms', value);
}

/** The embedded server that this bench started; 0 when the database is somewhere else. */
export function databasePid(): number {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const port = String(mongoose.connection.port);
    const isIt = (pid: string) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return /(secantusd|mongod)/.test(words[0] ?? '') && words.includes(port);
      } catch {
        return false;
      }
    };
    return Number(pids.find(isIt) ?? 0);
  } catch {
    return 0;
  }
}
