import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { DateTime } from 'luxon';
import { config } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import type { Listed } from './queries.ts';

/** When there was news of it last: a calendar that is fetched again without any is the same to the letter. */
function lastNews({ createdAt, announcedAt, startedAt, closedAt, archivedAt, change }: Listed): Date {
  const moments = [createdAt, announcedAt, startedAt, closedAt, archivedAt, change?.at];
  return new Date(Math.max(...moments.map((moment) => moment?.getTime() ?? 0)));
}

/** Writes interviews as iCalendar (RFC 5545), times in UTC. A later start keeps the same UID with a higher sequence. */
export function interviewsCalendar(interviews: readonly Listed[], language: Language): string {
  const calendar = ical({
    name: translate(language, 'interview-archive.feed.title', { city: translate(language, 'page.name') }),
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Wenzheng', product: 'Interviews', language: language.startsWith('zh') ? 'ZH' : 'EN' },
  });
  for (const interview of interviews) {
    const url = `${config.baseUrl}/interviews/${interview._id}`;
    const start = DateTime.fromJSDate(interview.startsAt, { zone: 'utc' });
    const guests = interview.guests.map(({ name, title }) => `${name} ${title}`).join('\n');
    calendar.createEvent({
      id: `${interview._id}@wenzheng`,
      start,
      end: start.plus({ minutes: interview.plannedMinutes }),
      summary: interview.topic,
      description: [interview.summary, guests, url].filter((part) => part !== '').join('\n\n'),
      location: url,
      url,
      stamp: lastNews(interview),
      sequence: interview.version,
      status: interview.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
