import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { crowd, join, kill, many, memory, reconnect } from './live/modes.ts';

/**
 * Measures live rooms at full size, everything on this machine over the loopback:
 *
 *   node bench/live.ts [crowd] [people] [seconds]     one room, 20 questions and 200 votes a second
 *   node bench/live.ts join [people] [seconds]        people arrive and take a snapshot of 200
 *   node bench/live.ts reconnect [people]             people return after 500 changes, also after a restart
 *   node bench/live.ts many [rooms] [people] [seconds]
 *   node bench/live.ts memory [people]
 *   node bench/live.ts kill [people] [rounds]
 *   node bench/live.ts all                            every line of docs/benchmarks.md
 *
 * PROFILE=folder writes a CPU profile of the server (crowd only).
 */
const [mode = 'crowd', ...numbers] = /^\d/.test(process.argv[2] ?? '')
  ? ['crowd', ...process.argv.slice(2)]
  : process.argv.slice(2);
const number = (index: number, otherwise: number) => Number(numbers[index] ?? otherwise);

function checkFiles(people: number): void {
  const limit = Number(spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout);
  if (limit < people + 1_000) {
    console.error(
      `${people} people need ${people + 1_000} open files, but only ${limit} are allowed: run “ulimit -n 65536” first.`,
    );
    process.exit(1);
  }
}

async function show(title: string, measured: Promise<Record<string, string | number>>): Promise<void> {
  const lines = await measured;
  console.log(`\n## ${title}\n\n| figure | value |\n|---|---|`);
  for (const [name, value] of Object.entries(lines)) console.log(`| ${name} | ${value} |`);
}

const modes: Record<string, () => Promise<void>> = {
  crowd: () => show('Crowd', crowd(number(0, 1_000), number(1, 20), process.env['PROFILE'])),
  join: () => show('Arrival', join(number(0, 10_000), number(1, 60))),
  reconnect: async () => {
    await show('Return', reconnect(number(0, 2_000), false));
    await show('Return after a restart', reconnect(number(0, 2_000), true));
  },
  many: () => show('Many rooms', many(number(0, 56), number(1, 100), number(2, 20))),
  memory: () => show('Memory', memory(number(0, 10_000))),
  kill: () => show('Kill', kill(number(0, 200), number(1, 4))),
  all: async () => {
    for (const people of [1_000, 5_000, 10_000]) await show(`Crowd of ${people}`, crowd(people, 20));
    for (const one of ['join', 'reconnect', 'many', 'memory', 'kill']) await modes[one]?.();
  },
};

const run = modes[mode];
if (!run) {
  console.error(`There is no mode “${mode}”: ${Object.keys(modes).join(', ')}.`);
  process.exit(1);
}
checkFiles(
  mode === 'all' || mode === 'join' || mode === 'memory'
    ? number(0, 10_000)
    : mode === 'crowd'
      ? number(0, 1_000)
      : 6_000,
);
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`,
);
console.log(
  `load before: ${loadavg()
    .map((value) => value.toFixed(2))
    .join(' ')}, ${new Date().toISOString()}`,
);
await run();
console.log(
  `\nload after: ${loadavg()
    .map((value) => value.toFixed(2))
    .join(' ')}`,
);
