import { z } from 'zod';
import type { WorkingCalendar } from '../kernel/calendar.ts';
import { defineJob } from '../platform/queue/queue.ts';
import { loadCalendar } from './workingCalendar.ts';

/** Counts a feature's provisional deadlines again with `confirmClock`; must be harmless when done twice. */
export type Recount = (calendar: WorkingCalendar) => Promise<unknown>;
const recounts: Recount[] = [];

/** A feature that keeps deadlines says here how its provisional ones are counted again; called when it is loaded. */
export function whenCalendarGrows(recount: Recount): void {
  recounts.push(recount);
}

/** Runs after a year was entered, and every morning in case it was entered elsewhere. */
export const recountDeadlines = defineJob({
  name: 'calendar.recount-deadlines',
  input: z.object({ year: z.number().int().optional() }),
  cron: '30 6 * * *',
  async run() {
    const calendar = await loadCalendar();
    for (const recount of recounts) await recount(calendar);
  },
});
