import { DateTime } from 'luxon';
import { z } from 'zod';
import { id } from '../fields.ts';
import type { Actor } from '../../kernel/actor.ts';
import { invalid } from '../../kernel/errors.ts';
import { say } from '../../kernel/parse.ts';
import { typedText } from '../../kernel/text.ts';
import { cityZone, now } from '../../kernel/time.ts';

/** A moment: a Date, or what a form sends (2026-07-09T15:00) in the city's time. */
export const moment = z.union([z.date(), z.string()], say('errors.required')).transform((given, context) => {
  if (given instanceof Date) return given;
  const read = DateTime.fromISO(given, { zone: cityZone });
  if (read.isValid && read.year > 2000 && read.year < 2200) return read.toJSDate();
  context.addIssue({ code: 'custom', message: say(given === '' ? 'errors.required' : 'interview.errors.not-a-time') });
  return z.NEVER;
});

const guest = z.object({
  id: id.optional(),
  name: typedText({ min: 1, max: 30, line: true }),
  title: typedText({ min: 1, max: 80, line: true }),
  personId: id.nullish(),
});

/** What an organiser says about an interview, for creating and for editing. */
export const interviewFields = {
  topic: typedText({ min: 4, max: 80, line: true }),
  summary: typedText({ min: 0, max: 300 }).default(''),
  background: typedText({ min: 0, max: 10_000 }).default(''),
  startsAt: moment,
  plannedMinutes: z.coerce
    .number(say('errors.not-a-whole-number'))
    .int(say('errors.not-a-whole-number'))
    .min(15, say('errors.out-of-bounds', { min: 15, max: 480 }))
    .max(480, say('errors.out-of-bounds', { min: 15, max: 480 })),
  guests: z
    .array(guest)
    .min(1, say('interview.errors.no-guest'))
    .max(12, say('interview.errors.too-many-guests', { maximum: 12 })),
};

/** What an official plans lies ahead; only the system also enters what was. */
export function demandAhead(actor: Actor, startsAt: Date): void {
  if (actor.kind !== 'system' && startsAt <= now())
    throw invalid({ startsAt: { key: 'interview.errors.start-passed' } });
}
