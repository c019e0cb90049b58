import { CronExpressionParser } from 'cron-parser';
import { now } from '../../kernel/time.ts';
import type { Job } from './job.ts';
import type { Entry } from './queue.ts';

/** The first time after `after` at which a job's timetable says to run, in the job's own time zone. */
export function nextTime(job: Pick<Job, 'cron' | 'timeZone'>, after: Date): Date {
  if (job.cron === undefined) throw new Error('This job has no timetable');
  return CronExpressionParser.parse(job.cron, { currentDate: after, tz: job.timeZone }).next().toDate();
}

/** Changes when the timetable changes, so that an entry planned by an older one can be told. */
export const timetableOf = (job: Pick<Job, 'cron' | 'timeZone'>): string => `${job.cron ?? ''} ${job.timeZone}`;

/**
 * Plans the next run of every job with a timetable. However many processes plan, the once-only key lets each run exist
 * once; a run that was missed while everything stood still is made up for once.
 */
export function cronPlanner(jobs: readonly Job[], add: (entry: Entry) => Promise<void>) {
  const planned = new Map<string, Date>();
  return {
    /** Plans what is not planned yet; gives the earliest planned time. */
    async plan(): Promise<Date | undefined> {
      const present = now();
      for (const job of jobs.filter((candidate) => candidate.cron !== undefined)) {
        const known = planned.get(job.name);
        if (known && known > present) continue;
        const at = nextTime(job, present);
        const onceKey = `cron ${job.name} ${timetableOf(job)} ${at.toISOString()}`;
        await add({ job, input: {}, runAt: at, onceKey, timetable: timetableOf(job) });
        planned.set(job.name, at);
      }
      return [...planned.values()].sort((a, b) => a.getTime() - b.getTime())[0];
    },
  };
}
