import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Crowd, type Doing } from './crowd.ts';
import type { Invitation } from './door.ts';

const usage =
  'Usage: scripts/crowd [PEOPLE] [INTERVIEW OR ITS ADDRESS] [--minutes 5] [--base http://localhost:3000]\n' +
  'Brings PEOPLE (1000) simulated citizens into an interview of the demo city on this machine, by default the live one.';

class Mistake extends Error {}

interface Plan {
  people: number;
  room: string | undefined;
  minutes: number;
  base: URL;
}

function readPlan(given: readonly string[]): Plan {
  const options = { minutes: { type: 'string' }, base: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...given], options, allowPositionals: true });
  const [first, second] = positionals;
  const people = Number(first ?? 1_000);
  const minutes = Number(values.minutes ?? 5);
  if (values.help || !Number.isInteger(people) || people < 1 || !(minutes > 0)) throw new Mistake(usage);
  const isAddress = second !== undefined && URL.canParse(second);
  const base = new URL(values.base ?? (isAddress ? new URL(second).origin : 'http://localhost:3000'));
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(base.hostname) || base.protocol !== 'http:') {
    throw new Mistake(`${base.host} is not this machine: a crowd comes only to a demo city that runs here.`);
  }
  const room = second === undefined ? undefined : /([0-9a-z]{12})(?:[/?#].*)?$/.exec(second)?.[1];
  if (second !== undefined && !room)
    throw new Mistake(`“${second}” is no interview: give its address, or its last part.`);
  return { people, room, minutes, base };
}

async function ask(base: URL, query: Record<string, string>): Promise<Invitation | number> {
  const address = new URL(`/demo/crowd?${new URLSearchParams(query)}`, base);
  const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => null);
  if (!answer) throw new Mistake(`Nothing answers at ${base.origin}: start the demo city with scripts/start first.`);
  return answer.ok ? ((await answer.json()) as Invitation) : answer.status;
}

/** The invitation, or why there is none. */
async function invited({ people, room, base }: Plan): Promise<Invitation> {
  const query = { people: String(people), ...(room ? { room } : {}) };
  const answer = await ask(base, query);
  if (typeof answer !== 'number') return answer;
  if (answer === 422) throw new Mistake('So many people cannot be simulated: 20,000 at most.');
  const isDemo = typeof (await ask(base, { people: '1' })) !== 'number';
  if (isDemo) throw new Mistake('There is no such interview in this demo city.');
  throw new Mistake(`The city at ${base.origin} is not a demo: no crowd comes to a real one.`);
}

const number = new Intl.NumberFormat('en');

function line({ inRoom, online, supports, questions, refused }: Doing, people: number, left: number): string {
  const clock = `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, '0')}`;
  const said = [
    `${number.format(inRoom)} of ${number.format(people)} are in`,
    `the room counts ${number.format(online)}`,
    `${number.format(supports)} supports`,
    `${number.format(questions)} questions`,
    ...(refused > 0 ? [`${number.format(refused)} refused`] : []),
    `${clock} left`,
  ];
  return said.join(' · ');
}

/** Shows how it goes: one line that changes in a terminal, a line now and then elsewhere. */
async function watch(crowd: Crowd, { people, minutes }: Plan, left: () => boolean): Promise<void> {
  const ends = performance.now() + minutes * 60_000;
  const { isTTY } = process.stdout;
  for (; performance.now() < ends && !left(); await sleep(isTTY ? 1_000 : 10_000, undefined, { ref: true })) {
    const text = line(crowd.count(), people, (ends - performance.now()) / 1_000);
    process.stdout.write(isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  }
}

async function bringCrowd(plan: Plan): Promise<void> {
  const invitation = await invited(plan);
  const { room } = invitation;
  const port = Number(plan.base.port || 80);
  const crowd = new Crowd(invitation, port);
  process.stdout.write(`${room.topic}\n${plan.base.origin}/interviews/${room.id}   (Ctrl-C sends everybody home)\n`);
  let leaving = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      leaving = true;
      finish(crowd);
    });
  }
  void crowd.come();
  await watch(crowd, plan, () => leaving);
  finish(crowd);
}

function finish(crowd: Crowd): never {
  const { supports, questions, refused, why } = crowd.count();
  crowd.leave();
  const refusals = refused > 0 ? ` ${number.format(refused)} acts were refused, the last because: ${why}` : '';
  process.stdout.write(
    `\nEverybody has gone home: ${number.format(supports)} supports, ${number.format(questions)} questions.${refusals}\n`,
  );
  process.exit(0);
}

try {
  await bringCrowd(readPlan(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Mistake ? error.message : `${(error as Error).message}\n${usage}`}\n`);
  process.exit(1);
}
