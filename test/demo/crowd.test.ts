import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SupportModel } from '../../src/interview/questionModel.ts';
import { endPrograms, ready, startProgram, type Program } from '../operation/program.ts';
import { freePort } from '../../src/platform/freePort.ts';
import { useApp } from '../support/app.ts';
import { surroundings } from '../support/clock.ts';
import { makeInterview } from '../support/interview.ts';
import { Visitor } from '../support/visitor.ts';
import { until } from '../support/until.ts';
import { scratchFolder } from '../support/scratch.ts';

/** A city as departments run it: no demo in it. */
const real = useApp();
const folder = scratchFolder('wenzheng-crowd-');
let demo: Program;
beforeAll(async () => {
  demo = await startProgram({ DATA_FOLDER: folder, DEMO_SIZE: 'small', LOG_LEVEL: 'error' });
  await ready(demo);
});
afterAll(async () => {
  await endPrograms();
  rmSync(folder, { recursive: true, force: true });
});

/** The script that people start, without the part that looks for Node. */
function crowd(...given: string[]) {
  const child = spawn(process.execPath, ['src/demo/crowd/start.ts', ...given], {
    env: surroundings(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, refused] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (refused += data.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said, refused: refused.trim() }));
  return { child, ended, said: () => said };
}

interface Snapshot {
  rows: { kind: string; text?: string }[];
  counters: { online?: number; votes?: Record<string, number> };
}
async function room(base: string, id: string): Promise<Snapshot> {
  const response = await fetch(`${base}/live/interview/${id}/public/delta?since=0`);
  expect(response.status).toBe(200);
  return (await response.json()) as Snapshot;
}

describe('in a demo city', () => {
  it('so many people come into the live interview, support questions, and go home together', async () => {
    const by = new Visitor(demo.base);
    await by.send('/demo/audience', { running: 'false', back: '/' });
    const run = crowd('60', '--minutes', '10', '--base', demo.base);
    await until(() => run.said().includes('/interviews/') || run.child.exitCode !== null);
    const id = /\/interviews\/([0-9a-z]{12})/.exec(run.said())?.[1] ?? '';
    const votes = ({ counters }: Snapshot) => Object.values(counters.votes ?? {}).reduce((sum, n) => sum + n, 0);
    const before = votes(await room(demo.base, id));
    await until(async () => ((await room(demo.base, id)).counters.online ?? 0) >= 60);
    await until(async () => votes(await room(demo.base, id)) > before);
    run.child.kill('SIGTERM');
    const { code, said, refused } = await run.ended;
    expect({ code, refused }).toEqual({ code: 0, refused: '' });
    expect(said).toMatch(/Everybody has gone home: [1-9]\d* supports, \d+ questions\.\n$/);
    expect(said).not.toContain('refused');
    await until(async () => ((await room(demo.base, id)).counters.online ?? 0) < 5);
  });

  it('says in a sentence what was wrong', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const cases: [string[], string][] = [
      [['20', 'nosuchroom12', '--base', demo.base], 'There is no such interview in this demo city.'],
      [['50000', '--base', demo.base], 'So many people cannot be simulated: 20,000 at most.'],
      [['20', '--base', nobody], `Nothing answers at ${nobody}: start the demo city with scripts/start first.`],
    ];
    for (const [given, sentence] of cases) {
      expect(await crowd(...given).ended).toEqual({ code: 1, said: '', refused: sentence });
    }
    const proxied = await fetch(`${demo.base}/demo/crowd?people=1`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(proxied.status).toBe(404);
  });
});

describe('in a city that is not a demo', () => {
  it('nobody comes, and the one who asked is told why', async () => {
    const { id } = await makeInterview('live');
    for (const given of [
      ['40', `${real.base}/interviews/${id}`],
      ['40', '--base', real.base],
    ]) {
      expect(await crowd(...given).ended).toEqual({
        code: 1,
        said: '',
        refused: `The city at ${real.base} is not a demo: no crowd comes to a real one.`,
      });
    }
    expect((await fetch(`${real.base}/demo/crowd?people=1&room=${id}`)).status).toBe(404);
    expect(real.realtime.count()).toBe(0);
    expect(await SupportModel.countDocuments({ interviewId: id })).toBe(0);
  });

  it('on another machine is not even asked', async () => {
    const { code, refused } = await crowd('40', '--base', 'https://wenzheng.example.gov.cn').ended;
    expect(code).toBe(1);
    expect(refused).toBe(
      'wenzheng.example.gov.cn is not this machine: a crowd comes only to a demo city that runs here.',
    );
  });
});
