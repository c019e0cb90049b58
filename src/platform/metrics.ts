import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Everything that is measured. Labels are names of our own (routes, kinds), never addresses or identifiers. */
export const registry = new Registry();
const prefix = 'wenzheng_';

/** A number that goes up and down. `read` is asked at each look, for what need not be kept up to date. */
export function gauge<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
  read?: (gauge: Gauge<Label>) => void | Promise<void>,
): Gauge<Label> {
  const made: Gauge<Label> = new Gauge<Label>({
    name: prefix + name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    ...(read && { collect: () => read(made) }),
  });
  return made;
}

/** A number that only grows. */
export function counter<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Counter<Label> {
  return new Counter({ name: prefix + name, help, labelNames: [...labelNames], registers: [registry] });
}

/** How values spread, counted by the upper bounds given; time is in seconds. */
export function histogram<Label extends string = never>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
  buckets: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
): Histogram<Label> {
  return new Histogram({
    name: prefix + name,
    help,
    labelNames: [...labelNames],
    buckets: [...buckets],
    registers: [registry],
  });
}

/** Begins to measure the process itself: memory, CPU, and how late the event loop comes, since the last look. */
export function measureProcess(): void {
  collectDefaultMetrics({ register: registry });
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  gauge('event_loop_delay_seconds', 'How late the event loop came since the last look', ['quantile'], (made) => {
    for (const quantile of [50, 99, 100]) {
      made.set({ quantile: String(quantile / 100) }, delay.percentile(quantile) / 1e9);
    }
    delay.reset();
  });
}

/** Everything measured in the text form of Prometheus, and its content type. */
export async function metricsText(): Promise<{ type: string; text: string }> {
  return { type: registry.contentType, text: await registry.metrics() };
}
