import type { z } from 'zod';
import { cityZone } from '../../kernel/time.ts';

/** What a running job is told beside its input. */
export interface Turn {
  /** 1 for the first try. */
  attempt: number;
  /** True when no further try follows. */
  last: boolean;
}

/**
 * A declared job 任务: the input names things by identifier and never carries documents or personal data.
 * It may run twice, late, or for something that is gone.
 */
export interface Job<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly input: Schema;
  /** Tries in all before it becomes a dead letter. */
  readonly attempts: number;
  /** Wait after the first failure; doubles each time up to `backoffCapSeconds`. */
  readonly backoffSeconds: number;
  readonly backoffCapSeconds: number;
  /** Five fields: minute hour day month weekday. Runs with the input `{}`. */
  readonly cron?: string;
  readonly timeZone: string;
  run(input: z.output<Schema>, turn: Turn): Promise<unknown>;
}

type Declaration<Schema extends z.ZodType> = Pick<Job<Schema>, 'name' | 'input' | 'run'> &
  Partial<Omit<Job<Schema>, 'name' | 'input' | 'run'>>;

/** Declares a job. Without more words: 8 attempts, back-off from 30 seconds to one hour, city time. */
export function defineJob<Schema extends z.ZodType>(declaration: Declaration<Schema>): Job<Schema> {
  const job = { attempts: 8, backoffSeconds: 30, backoffCapSeconds: 3600, timeZone: cityZone, ...declaration };
  if (job.cron !== undefined && !job.input.safeParse({}).success) {
    throw new Error(`Job ${job.name} has a timetable, so its input must accept {}`);
  }
  return job;
}

/**
 * Seconds to wait after the given failed attempt (1 = the first): doubled each time, capped, and stretched by up to a
 * fifth so that many jobs that failed together do not come back together.
 */
export function retryDelaySeconds(
  job: Pick<Job, 'backoffSeconds' | 'backoffCapSeconds'>,
  attempt: number,
  random = Math.random(),
): number {
  const doubled = job.backoffSeconds * 2 ** Math.min(attempt - 1, 30);
  return Math.min(doubled, job.backoffCapSeconds) * (1 + random / 5);
}
