import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Above this part of its time a process has its hands full. */
const full = 0.5;
const sampleMs = 200;
/** How long a job stands back, in milliseconds. */
const standBackMs = 250;

let servesPeople = false;
let sampled = performance.eventLoopUtilization();
let sampledAt = performance.now();
let busy = 0;

/** Tells that people wait for this process, too: its jobs then stand back while it has its hands full. */
export function peopleFirst(): void {
  servesPeople = true;
}

/** True while people have so much to do with this process that jobs should stand back. */
export function isCrowded(): boolean {
  if (servesPeople && performance.now() - sampledAt > sampleMs) {
    const present = performance.eventLoopUtilization();
    busy = performance.eventLoopUtilization(present, sampled).utilization;
    [sampled, sampledAt] = [present, performance.now()];
  }
  return busy > full;
}

/** For a job of many steps: between two of them it lets people go first. */
export async function standBack(): Promise<void> {
  if (isCrowded()) await sleep(standBackMs);
}
