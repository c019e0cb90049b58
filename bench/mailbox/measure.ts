import { readFileSync } from 'node:fs';

/** Prints one line of the table; `wanted` is what the figure is held against. */
export const say = (name: string, wanted: string, value: string) => console.log(`| ${name} | ${wanted} | ${value} |`);
export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Runs something so often, one after another; gives p50 / p95 / max and the CPU of this process a time. */
export async function measure(times: number, run: (index: number) => Promise<unknown>): Promise<string> {
  const took: number[] = [];
  const before = process.cpuUsage();
  for (let index = 0; index < times; index += 1) {
    const begun = performance.now();
    await run(index);
    took.push(performance.now() - begun);
  }
  const cpu = process.cpuUsage(before);
  took.sort((one, other) => one - other);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return `${ms(at(0.5))} / ${ms(at(0.95))} / ${ms(at(1))}, CPU ${ms((cpu.user + cpu.system) / 1000 / times)}`;
}

/** Takes the time of one run: wall and CPU of this process, in milliseconds. */
export async function timed<Result>(
  run: () => Promise<Result>,
): Promise<{ result: Result; wall: number; cpu: number }> {
  const [before, begun] = [process.cpuUsage(), performance.now()];
  const result = await run();
  const cpu = process.cpuUsage(before);
  return { result, wall: performance.now() - begun, cpu: (cpu.user + cpu.system) / 1000 };
}

/** CPU of another process so far, in milliseconds; Linux only, 0 elsewhere. */
export function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

/** Resident memory of another process in megabytes; Linux only, 0 elsewhere. */
export function memoryOf(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
    return Math.round((Number(kilobytes) * 1024) / 1e6);
  } catch {
    return 0;
  }
}

/** The load of the machine over one, five and fifteen minutes. */
export const load = (): string => {
  try {
    return readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' ');
  } catch {
    return 'unknown';
  }
};
