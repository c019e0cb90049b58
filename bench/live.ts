import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { abuse } from './live/abuse.ts';
import { soak } from './live/soak.ts';
import { crowd, endAll, join, kill, many, memory, reconnect, type Measured } from './live/modes.ts';

/**
 * Measures the live room of the product, pages, sockets and jobs as src/start.ts runs them, at full size on this machine:
 *
 *   node bench/live.ts [crowd] [people] [seconds]     one room, 20 questions and 200 votes a second
 *   node bench/live.ts join [people] [seconds]        people arrive and take a snapshot of 200
 *   node bench/live.ts reconnect [people]             people return after 500 questions, also after a restart
 *   node bench/live.ts many [rooms] [people] [seconds]
 *   node bench/live.ts memory [people]
 *   node bench/live.ts kill [people] [rounds]
 *   node bench/live.ts abuse [sockets]                so many sockets from one address, beside people who are served
 *   node bench/live.ts soak [minutes]                 not in `all`: memory and delay while people come, go, ask, support
 *   node bench/live.ts all                            every line of docs/benchmarks.md, about nine minutes
 *
 * PROFILE=folder writes a CPU profile of the server (crowd and reconnect).
 */
const [mode = 'crowd', ...numbers] = /^\d/.test(process.argv[2] ?? '')
  ? ['crowd', ...process.argv.slice(2)]
  : process.argv.slice(2);
const number = (index: number, otherwise: number) => Number(numbers[index] ?? otherwise);

type Line = Measured['line'] & { took: number };
const lines: Line[] = [];

/** Measures and prints; what fails is printed, too, and the next is measured. */
async function show(title: string, measure: () => Promise<Measured>): Promise<void> {
  const began = performance.now();
  const took = () => Math.round((performance.now() - began) / 1_000);
  try {
    const { figures, line } = await measure();
    console.log(`\n## ${title}\n\n| figure | value |\n|---|---|`);
    for (const [name, value] of Object.entries(figures)) console.log(`| ${name} | ${value} |`);
    lines.push({ ...line, took: took() });
  } catch (error) {
    console.log(`\n## ${title}\n\nNot measured: ${(error as Error).message}`);
    lines.push({ figure: title, wanted: '', measured: 'not measured', reached: false, took: took() });
  }
}

const modes: Record<string, () => Promise<void>> = {
  crowd: () => show('Crowd', () => crowd(number(0, 1_000), number(1, 20), process.env['PROFILE'])),
  join: () => show('Arrival', () => join(number(0, 10_000), number(1, 60))),
  reconnect: async () => {
    await show('Return', () => reconnect(number(0, 2_000), false, process.env['PROFILE']));
    await show('Return after a restart', () => reconnect(number(0, 2_000), true, process.env['PROFILE']));
  },
  many: () => show('Many rooms', () => many(number(0, 56), number(1, 100), number(2, 20))),
  memory: () => show('Memory', () => memory(number(0, 10_000))),
  kill: () => show('Kill', () => kill(number(0, 200), number(1, 4))),
  abuse: () => show('Abuse', () => abuse(number(0, 5_000))),
  soak: () => show('Soak', () => soak(number(0, 10))),
  all: async () => {
    for (const people of [1_000, 5_000, 10_000]) await show(`Crowd of ${people}`, () => crowd(people, 15));
    for (const one of ['join', 'reconnect', 'many', 'memory', 'kill', 'abuse']) await modes[one]?.();
  },
};

function checkFiles(people: number): void {
  const limit = Number(spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout);
  if (limit < people + 1_000) {
    console.error(
      `${people} people need ${people + 1_000} open files, but only ${limit} are allowed: run “ulimit -n 65536” first.`,
    );
    process.exit(1);
  }
}

const loads = () =>
  loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');

const run = modes[mode];
if (!run) {
  console.error(`There is no mode “${mode}”: ${Object.keys(modes).join(', ')}.`);
  process.exit(1);
}
const largest: Record<string, number> = { all: 10_000, join: 10_000, memory: 10_000, crowd: 1_000 };
checkFiles(mode === 'all' ? 10_000 : mode in largest ? number(0, largest[mode] ?? 0) : 6_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void endAll().finally(() => process.exit(1)));
}
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`,
);
console.log(`load before: ${loads()}, ${new Date().toISOString()}`);
await run();
console.log(`\n## For docs/benchmarks.md\n\n| figure | wanted | measured | reached |\n|---|---|---|---|`);
for (const { figure, wanted, measured, reached } of lines) {
  console.log(`| ${figure} | ${wanted} | ${measured} | ${reached ? 'yes' : 'no'} |`);
}
console.log(`\nload after: ${loads()}; seconds taken: ${lines.map(({ took }) => took).join(' + ')}`);
process.exit(lines.every(({ reached }) => reached) ? 0 : 2);
