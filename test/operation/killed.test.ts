import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/id.ts';
import { freePort } from '../../src/platform/freePort.ts';
import { Visitor } from '../support/visitor.ts';
import { endPrograms, ready, startProgram, type Program } from './program.ts';
import { until } from '../support/until.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('wenzheng-killed-');
afterAll(async () => {
  await endPrograms();
  rmSync(folder, { recursive: true, force: true });
});

interface Act {
  by: Visitor;
  name: string;
  input: Record<string, unknown>;
  acknowledged: boolean;
}
interface Delta {
  rows: { id: string; kind: string; state?: string; text?: string; answers?: { text: string }[] }[];
  counters: { votes?: Record<string, number> };
}

/** Does it as the page would; true when it was acknowledged. A server that is gone is no fault. */
async function attempt({ by, name, input }: Act): Promise<unknown> {
  try {
    const { status, body } = await by.call('/live/act', { name, input });
    return status === 200 ? (body as { value: unknown }).value : undefined;
  } catch {
    return undefined;
  }
}

async function signedIn(base: string, userName: string): Promise<Visitor> {
  const visitor = new Visitor(base);
  await visitor.open('/office/sign-in');
  const answer = await visitor.send('/office/sign-in', { userName, password: 'qinglan-2026' });
  expect(answer.status).toBe(303);
  await visitor.open('/office');
  return visitor;
}

async function snapshot(base: string, interviewId: string, by: Visitor, audience: string): Promise<Delta> {
  const response = await by.fetch(`/live/interview/${interviewId}/${audience}/delta?since=0`, {
    headers: { accept: 'application/json' },
  });
  expect({ base, status: response.status }).toEqual({ base, status: 200 });
  return (await response.json()) as Delta;
}

/** A question that everybody can support and the guest can answer. */
async function askedAndPublished(interviewId: string, by: Visitor, screener: Visitor): Promise<string> {
  const asked = { interviewId, text: `${newId()}：请问什么时候解决？`, formKey: newId() };
  const { id } = (await attempt({ by, name: 'interview.ask', input: asked, acknowledged: false })) as { id: string };
  const name = 'interview.screening.publish';
  await attempt({ by: screener, name, input: { interviewId, questionId: id }, acknowledged: false });
  return id;
}

/** The crowd of this test: visitors who ask and support, a guest who answers, a recorder who writes. */
async function crowd(base: string) {
  const first = new Visitor(base);
  await pauseAudience(first);
  const { html } = await first.open('/');
  const interviewId = /\/interviews\/([0-9a-z]{12})/.exec(html)?.[1] ?? '';
  const [screener, guest, recorder] = await Promise.all(
    ['screener', 'water-head', 'recorder'].map((userName) => signedIn(base, userName)),
  );
  if (!screener || !guest || !recorder) throw new Error('nobody came');
  // What is answered here is out at once
  const off = await guest.send(`/office/interviews/${interviewId}/review`, { review: 'off' });
  expect(off.status).toBe(303);
  const desk = await (await guest.fetch(`/office/interviews/${interviewId}/answering`)).text();
  const guestId = /guestId" value="([0-9a-z]+)"/.exec(desk)?.[1] ?? '';
  expect(guestId).not.toBe('');
  const visitors = await Promise.all(
    Array.from({ length: 24 }, async () => {
      const visitor = new Visitor(base);
      await visitor.open(`/interviews/${interviewId}`);
      return visitor;
    }),
  );
  const known = await Promise.all(visitors.slice(-5).map((by) => askedAndPublished(interviewId, by, screener)));
  return { interviewId, visitors, screener, guest, recorder, known, guestId };
}
type Crowd = Awaited<ReturnType<typeof crowd>>;

/** What everybody will do: each text is its own, so that once can be told from twice. */
function planOf({ interviewId, visitors, guest, recorder, known, guestId }: Crowd, round: string): Act[] {
  const act = (by: Visitor, name: string, input: object): Act => ({
    by,
    name,
    input: { interviewId, ...input },
    acknowledged: false,
  });
  const asks = visitors.flatMap((by, index) =>
    [1, 2].map((n) =>
      act(by, 'interview.ask', { text: `${round}：第 ${index} 位市民的第 ${n} 个问题，何时解决？`, formKey: newId() }),
    ),
  );
  const supports = visitors.map((by) => act(by, 'interview.support', { questionId: known[0] }));
  const turns = Array.from({ length: 20 }, (_, n) =>
    act(recorder, 'interview.recording.add', {
      speakerId: 'host',
      text: `${round}：第 ${n} 段发言。`,
      formKey: newId(),
    }),
  );
  const offset = round === '程序' ? 1 : 3;
  const answers = known.slice(offset, offset + 2).map((questionId, n) =>
    act(guest, 'interview.answering.publish', {
      questionId,
      guestId,
      version: 0,
      text: `${round}：第 ${n} 个答复。`,
    }),
  );
  const all = [asks, supports, turns, answers];
  return Array.from({ length: asks.length }, (_, index) => all.flatMap((list) => list.slice(index, index + 1))).flat();
}

/** Runs the plan, a few at a time, and calls `strike` in the middle of it. */
async function runUnderFire(plan: readonly Act[], strike: () => void): Promise<void> {
  const waiting = [...plan];
  let done = 0;
  const worker = async () => {
    for (let act = waiting.shift(); act; act = waiting.shift()) {
      act.acknowledged = (await attempt(act)) !== undefined;
      if ((done += 1) === Math.floor(plan.length * 0.45)) strike();
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Says again what nobody answered, as a page does with the same form; now everything has to be taken, or be there already. */
async function repeat(plan: readonly Act[]): Promise<void> {
  for (const act of plan) {
    if (act.acknowledged) continue;
    let status = 503;
    await until(async () => {
      ({ status } = await act.by.call('/live/act', { name: act.name, input: act.input }));
      return status !== 503; // the connections to the database come back one after another
    });
    // An answer that was stored but not acknowledged is refused as stored already
    expect({ act: act.name, taken: status === 200 || status === 409 }).toEqual({ act: act.name, taken: true });
  }
}

async function expectOnce(
  base: string,
  people: Crowd,
  plan: readonly Act[],
  acknowledged: readonly Act[],
): Promise<void> {
  const { rows, counters } = await snapshot(base, people.interviewId, people.screener, 'desk');
  const texts = rows.flatMap((row) => [row.text ?? '', ...(row.answers ?? []).map(({ text }) => text)]);
  const count = (text: unknown) => texts.filter((one) => one === text).length;
  const written = (acts: readonly Act[]) => acts.filter(({ input }) => 'text' in input);
  const lost = written(acknowledged).filter(({ input }) => count(input['text']) === 0);
  const missing = written(plan).filter(({ input }) => count(input['text']) === 0); // all was said again
  const doubled = written(plan).filter(({ input }) => count(input['text']) > 1);
  const textsOf = (acts: readonly Act[]) => acts.map(({ input }) => input['text']);
  expect({ lost: textsOf(lost), missing: textsOf(missing), doubled: textsOf(doubled) }).toEqual({
    lost: [],
    missing: [],
    doubled: [],
  });
  const questionId = String(people.known[0]);
  const voters = new Set(plan.filter(({ name }) => name === 'interview.support').map(({ by }) => by)).size;
  const again = await people.visitors[0]?.call('/live/act', {
    name: 'interview.support',
    input: { interviewId: people.interviewId, questionId },
  });
  expect(again?.body).toMatchObject({ value: { already: true } });
  expect(counters.votes?.[questionId]).toBe(votesBefore + voters);
}

let votesBefore = 0;

describe('when something is killed in the middle of questions, answers, turns and votes', () => {
  it('everything that was acknowledged is there afterwards, once', async () => {
    const settings = { PORT: String(await freePort()), DATA_FOLDER: folder, LOG_LEVEL: 'error' };
    let program: Program = await startProgram(settings);
    await ready(program);
    const people = await crowd(program.base);
    const start = await snapshot(program.base, people.interviewId, people.screener, 'desk');
    votesBefore = start.counters.votes?.[String(people.known[0])] ?? 0;

    const first = planOf(people, '程序');
    await runUnderFire(first, () => program.child.kill('SIGKILL'));
    const survived = first.filter(({ acknowledged }) => acknowledged);
    expect(survived.length).toBeGreaterThan(10);
    expect(survived.length).toBeLessThan(first.length);
    program = await startProgram(settings);
    await ready(program);
    await pauseAudience(new Visitor(program.base));
    await repeat(first);
    await expectOnce(program.base, people, first, survived);

    const second = planOf(people, '数据库');
    await runUnderFire(second, () => process.kill(databaseOf(folder), 'SIGKILL'));
    const kept = second.filter(({ acknowledged }) => acknowledged);
    expect(kept.length).toBeGreaterThan(10);
    await until(async () => (await fetch(`${program.base}/readyz`)).status === 200);
    await repeat(second);
    await expectOnce(program.base, people, second, kept);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });
});

/** Only what this test does shall be seen. */
async function pauseAudience(by: Visitor): Promise<void> {
  await by.send('/demo/audience', { running: 'false', back: '/' });
}

function databaseOf(path: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => {
    try {
      const server = /secantusd|mongod/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'));
      return server && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path);
    } catch {
      return false;
    }
  });
  if (!found) throw new Error('no database server');
  return Number(found);
}
