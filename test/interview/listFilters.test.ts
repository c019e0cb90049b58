import { beforeAll, expect, it } from '@jest/globals';
import { InterviewModel } from '../../src/interview/interviewModel.ts';
import type { InterviewState } from '../../src/interview/interview.ts';
import { useApp } from '../support/app.ts';
import { makeInterview } from '../support/interview.ts';

const app = useApp();
let bureau: string;

// The last hour of a year in the city is already in that year, and not yet in the next
const held: [string, InterviewState, string][] = [
  ['地铁三号线何时开通', 'archived', '2024-12-31T23:30:00+08:00'],
  ['地铁票价怎么定', 'archived', '2025-01-01T00:30:00+08:00'],
  ['地铁站口的积水', 'live', '2025-06-01T10:00:00+08:00'],
  ['地铁安检能不能快些', 'announced', '2025-07-01T10:00:00+08:00'],
  ['公园夜里几点关门', 'archived', '2025-03-01T10:00:00+08:00'],
  ['公园停车位不够', 'announced', '2025-08-01T10:00:00+08:00'],
  ['还没公布的地铁访谈', 'draft', '2025-09-01T10:00:00+08:00'],
];
beforeAll(async () => {
  for (const [topic, state, startsAt] of held) {
    const { id, departmentId } = await makeInterview(state, topic);
    bureau ??= departmentId;
    await InterviewModel.updateOne({ _id: id }, { $set: { startsAt: new Date(startsAt) } });
  }
});

const [line3, fares, water, checks, park, cars] = held.map(([topic]) => topic) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

async function listed(query: Record<string, string>): Promise<string[]> {
  const response = await fetch(`${app.base}/interviews?${new URLSearchParams(query)}`, {
    headers: { accept: 'text/html' },
  });
  expect(response.status).toBe(200);
  const html = await response.text();
  return held.map(([topic]) => topic).filter((topic) => html.includes(topic));
}

it.each<[string, Record<string, string>, string[]]>([
  ['nothing', {}, [line3, fares, water, checks, park, cars]],
  ['now', { when: 'now' }, [water]],
  ['to come, by words', { when: 'coming', q: '地铁' }, [checks]],
  ['past, by words', { when: 'past', q: '地铁' }, [line3, fares]],
  ['past, by words and year', { when: 'past', q: '地铁', year: '2025' }, [fares]],
  ['the year before, to its last hour in the city', { year: '2024' }, [line3]],
  ['several words, all of them', { q: '公园 停车' }, [cars]],
  ['words of a guest', { q: '林建平 公园', when: 'past' }, [park]],
  ['what nobody held', { when: 'now', year: '2024' }, []],
  ['marks of a pattern are letters', { q: '.*' }, []],
  ['a year that is none', { year: '20x5', when: 'now' }, [water]],
  ['a time that is none', { when: 'whenever', q: '票价' }, [fares]],
])('%s', async (_what, query, topics) => {
  expect(await listed(query)).toEqual(topics);
});

it('a department together with all else', async () => {
  expect(await listed({ department: bureau })).toEqual([line3]);
  expect(await listed({ department: bureau, when: 'past', year: '2024', q: '三号线' })).toEqual([line3]);
  expect(await listed({ department: bureau, when: 'coming' })).toEqual([]);
  expect(await listed({ department: 'nowhere', when: 'past' })).toEqual([]);
  expect(await listed({ department: '{"$gt":""}', when: 'now' })).toEqual([water]);
});

it('shows what was chosen in its form again, and offers the years there are', async () => {
  const query = new URLSearchParams({ when: 'past', q: '地铁', year: '2025' });
  const response = await fetch(`${app.base}/interviews?${query}`, { headers: { accept: 'text/html' } });
  const html = await response.text();
  expect(html).toMatch(/name="q"[^>]*value="地铁"|value="地铁"[^>]*name="q"/);
  for (const chosen of ['past', '2025']) expect(html).toMatch(new RegExp(`value="${chosen}"[^>]*(selected|checked)`));
  expect(html).toMatch(/value="2024"/);
});
