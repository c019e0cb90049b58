import type { Interview } from './interviewModel.ts';

/** Somebody whose words the record keeps. The host has no title: the page says “host”. */
export interface Speaker {
  id: string;
  name: string;
  title: string;
  /** The key that chooses them at the recorder's desk. */
  key: number;
}

/** The speakers of an interview: the host first, then the guests in their order. */
export function speakersOf(interview: Pick<Interview, 'roles' | 'guests'>): Speaker[] {
  const host = interview.roles.find(({ role }) => role === 'host');
  const people = [{ id: 'host', name: host?.name ?? '', title: '' }, ...interview.guests];
  return people.map(({ id, name, title }, index) => ({ id, name, title, key: index + 1 }));
}
