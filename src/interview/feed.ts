import { Feed } from 'feed';
import { config } from '../config.ts';
import type { Language } from '../kernel/language.ts';
import { translate } from '../platform/language.ts';
import { writeDate } from '../web/views/timeWords.ts';
import type { Listed } from './queries.ts';

const changedAt = (interview: Listed): Date =>
  interview.archivedAt ?? interview.closedAt ?? interview.startedAt ?? interview.announcedAt ?? interview.createdAt;

/** Characters that XML 1.0 cannot carry are left out; typed text may hold them. */
const plain = (text: string) => text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** The library says of title and summary that they are HTML: what was typed is a text, and is written as one there. */
const html = (text: string) => plain(text).replace(/[&<>]/g, (sign) => signs[sign] ?? '');

/** Writes interviews as an Atom feed (RFC 4287), the latest change first. */
export function interviewsFeed(interviews: readonly Listed[], language: Language): string {
  const address = `${config.baseUrl}/interviews`;
  const city = translate(language, 'page.name');
  const entries = interviews.toSorted((a, b) => changedAt(b).getTime() - changedAt(a).getTime());
  const feed = new Feed({
    id: address,
    title: translate(language, 'interview-archive.feed.title', { city }),
    link: address,
    language,
    generator: 'Wenzheng',
    author: { name: city },
    feedLinks: { atom: `${config.baseUrl}/interviews/feed.atom` },
    updated: entries[0] ? changedAt(entries[0]) : new Date(0),
  });
  for (const interview of entries) {
    const link = `${address}/${interview._id}`;
    const when = writeDate(interview.startsAt, 'exact', language);
    const state = translate(language, `interview.states.${interview.state}`);
    feed.addItem({
      id: link,
      link,
      title: html(interview.topic),
      date: changedAt(interview),
      published: interview.announcedAt ?? interview.createdAt,
      description: html([state, when, interview.departmentName[language], interview.summary].join(' · ')),
      author: [{ name: plain(interview.departmentName[language]) }],
    });
  }
  return feed.atom1();
}
