import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of this machine; `born` tells it from a later one with the same number. */
export interface ProcessMark {
  pid: number;
  born: string;
}

/** Gives the mark of a living process, or null. Where there is no /proc, `born` is empty. */
export function markOf(pid: number): ProcessMark | null {
  if (!signal(pid, 0)) return null;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (fields[0] === 'Z') return null; // ended, only not yet waited for
    return { pid, born: `${bootId()}-${fields[19] ?? ''}` };
  } catch {
    return { pid, born: '' };
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8);
}

/** True while exactly this process lives. */
export function lives(mark: ProcessMark): boolean {
  const present = markOf(mark.pid);
  return present !== null && (present.born === mark.born || !present.born || !mark.born);
}

/** Sends a signal; false when there is no such process. Someone else's process counts as living. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Waits until the process has gone; false when it has not after so many milliseconds. */
export async function gone(mark: ProcessMark, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; lives(mark);) {
    if (Date.now() > end) return false;
    await sleep(50);
  }
  return true;
}
